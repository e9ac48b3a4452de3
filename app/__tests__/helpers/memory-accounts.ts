import { type Account, type Invitation, type User } from "../../server/domain/account";
import { type Accounts } from "../../server/domain/ports/accounts";

/** Accounts in memory, with one password for all. */
export class MemoryAccounts implements Accounts {
  readonly users = new Map<string, User>();
  /** Thrown by `byPassword`. */
  error: Error | undefined;
  readonly tried: { readonly email: string; readonly password: string }[] = [];

  constructor(private readonly password: string) {}

  add(account: Account): void {
    this.users.set(account.userId, { ...account, disabledAt: null, createdAt: new Date(0) });
  }

  byPassword(email: string, password: string): Promise<Account | undefined> {
    this.tried.push({ email, password });
    if (this.error !== undefined) return Promise.reject(this.error);
    const user = [...this.users.values()].find((candidate) => candidate.email === email);
    return Promise.resolve(password === this.password ? user : undefined);
  }

  byOidc(): Promise<Account | undefined> {
    return Promise.resolve(undefined);
  }

  list(): Promise<readonly User[]> {
    return Promise.resolve([...this.users.values()]);
  }

  setDisabled(userId: string, disabled: boolean): Promise<User | undefined> {
    const user = this.users.get(userId);
    if (user === undefined) return Promise.resolve(undefined);
    const changed = { ...user, disabledAt: disabled ? new Date() : null };
    this.users.set(userId, changed);
    return Promise.resolve(changed);
  }

  invite(_inviter: unknown, { email }: { readonly email: string }): Promise<Invitation | undefined> {
    const isKnown = [...this.users.values()].some((user) => user.email === email);
    return Promise.resolve(isKnown ? undefined : { token: `token of ${email}`, email, expiresAt: new Date(0) });
  }

  acceptInvitation({ token }: { readonly token: string }): Promise<string | undefined> {
    return Promise.resolve(/^token of (.+)$/.exec(token)?.[1]);
  }
}
