import { createHash, randomBytes } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import { type Database, type Statement } from "../data/database";
import { DatabaseFault } from "../data/failures";
import { appUser } from "../data/schema";
import { displayName } from "../../protocol/rest";
import { type Account, type Invitation, type OidcProfile, type User } from "../domain/account";
import { type Accounts } from "../domain/ports/accounts";
import { type AgentPrincipal } from "../domain/principal";
import { type PasswordHashes } from "./password-hashes";

export const INVITATION_DAYS = 7;

const UNIQUE_VIOLATION = "23505";

const emailAddress = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase());

/** $1 email, $2 role, $3 hash of the token, $4 inviter, $5 days. Replaces an earlier invitation; no row when the address has an account. */
const INVITE: Statement = {
  name: "invitation-create",
  text: `
with earlier as (delete from invitation where email = $1 and accepted_at is null)
insert into invitation (email, role, token_hash, invited_by, expires_at)
select $1::text, $2::user_role, $3, $4, now() + make_interval(days => $5)
where not exists (select from app_user where email = $1)
returning expires_at`,
};

/** $1 hash of the token. */
const INVITED: Statement = {
  name: "invitation-find",
  text: "select id from invitation where token_hash = $1 and accepted_at is null and expires_at > now()",
};

/** $1 hash of the token, $2 name, $3 hash of the password. */
const ACCEPT: Statement = {
  name: "invitation-accept",
  text: `
with accepted as (
  update invitation set accepted_at = now()
  where token_hash = $1 and accepted_at is null and expires_at > now() returning email, role
)
insert into app_user (email, name, role, password_hash) select email, $2, role, $3 from accepted returning email`,
};

/** $1 email, $2 name. The identity provider has verified the address, so that the token is not needed. */
const ACCEPT_BY_EMAIL: Statement = {
  name: "invitation-accept-by-email",
  text: `
with accepted as (
  update invitation set accepted_at = now()
  where email = $1 and accepted_at is null and expires_at > now() returning email, role
)
insert into app_user (email, name, role) select email, $2, role from accepted limit 1
returning id, email, name, role::text as role`,
};

/** The agents' accounts and invitations, in PostgreSQL. */
export class PostgresAccounts implements Accounts {
  constructor(
    private readonly database: Database,
    private readonly passwords: PasswordHashes,
  ) {}

  async byPassword(email: string, password: string): Promise<Account | undefined> {
    const user = await this.byEmail(email);
    const matches = await this.passwords.matches(password, user?.passwordHash);
    return matches && user && user.disabledAt === null ? accountOf(user) : undefined;
  }

  async byOidc({ email, emailVerified, name }: OidcProfile): Promise<Account | undefined> {
    const parsed = emailAddress.safeParse(email);
    if (!emailVerified || !parsed.success) return undefined;
    const user = await this.byEmail(parsed.data);
    if (user) return user.disabledAt === null ? accountOf(user) : undefined;
    const shown = displayName.safeParse(name).data ?? parsed.data.slice(0, 100);
    const rows = await this.database.query<{ id: string } & Omit<Account, "userId">>(ACCEPT_BY_EMAIL, [
      parsed.data,
      shown,
    ]);
    return rows[0] && accountOf(rows[0]);
  }

  async list(): Promise<readonly User[]> {
    const users = await this.database.run((queries) => queries.select().from(appUser).orderBy(asc(appUser.name)));
    return users.map(userOf);
  }

  async setDisabled(userId: string, disabled: boolean): Promise<User | undefined> {
    const users = await this.database.run((queries) =>
      queries
        .update(appUser)
        .set({ disabledAt: disabled ? new Date() : null })
        .where(eq(appUser.id, userId))
        .returning(),
    );
    return users[0] && userOf(users[0]);
  }

  async invite(
    inviter: AgentPrincipal,
    { email, role }: { readonly email: string; readonly role: "agent" | "admin" },
  ): Promise<Invitation | undefined> {
    const token = randomBytes(32).toString("base64url");
    const address = email.toLowerCase();
    const rows = await this.database.query<{ readonly expires_at: Date }>(INVITE, [
      address,
      role,
      hashOf(token),
      inviter.userId,
      INVITATION_DAYS,
    ]);
    return rows[0] && { token, email: address, expiresAt: rows[0].expires_at };
  }

  async acceptInvitation(invitation: {
    readonly token: string;
    readonly name: string;
    readonly password: string;
  }): Promise<string | undefined> {
    const tokenHash = hashOf(invitation.token);
    // Checked first, so that a password is hashed only for a valid invitation.
    const invited = await this.database.query(INVITED, [tokenHash]);
    if (invited.length === 0) return undefined;
    const passwordHash = await this.passwords.hash(invitation.password);
    try {
      const rows = await this.database.query<{ readonly email: string }>(ACCEPT, [
        tokenHash,
        invitation.name,
        passwordHash,
      ]);
      return rows[0]?.email;
    } catch (error) {
      // The address got an account through the identity provider in the meantime.
      if (error instanceof DatabaseFault && error.code === UNIQUE_VIOLATION) return undefined;
      throw error;
    }
  }

  private async byEmail(email: string): Promise<typeof appUser.$inferSelect | undefined> {
    const address = emailAddress.safeParse(email);
    if (!address.success) return undefined;
    const users = await this.database.run((queries) =>
      queries.select().from(appUser).where(eq(appUser.email, address.data)),
    );
    return users[0];
  }
}

function accountOf({ id, name, email, role }: { id: string } & Omit<Account, "userId">): Account {
  return { userId: id, name, email, role };
}

function userOf(user: typeof appUser.$inferSelect): User {
  return { ...accountOf(user), disabledAt: user.disabledAt, createdAt: user.createdAt };
}

/** A token of 256 random bits needs no salt. */
function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
