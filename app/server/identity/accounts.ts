import { createHash, randomBytes } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import { type Database, type Statement } from "../data/database";
import { DatabaseFault } from "../data/failures";
import { appUser } from "../data/schema";
import { displayName } from "../../protocol/rest";
import { type Account, type OidcProfile } from "../pages/auth-backend";
import { type AgentPrincipal } from "../domain/principal";
import { type PasswordHashes } from "./password-hashes";

export const INVITATION_DAYS = 7;

const UNIQUE_VIOLATION = "23505";

const emailAddress = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase());

/** $1 email, $2 role, $3 hash of the token, $4 who invites, $5 days. Takes the place of an earlier invitation; none for who is here already. */
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

/** $1 email, $2 name. The identity provider vouches for the address: the token is not needed. */
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

export interface StoredUser extends Account {
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
}

/** The people who work here. Nobody makes an account for themselves: an admin invites them. */
export class Accounts {
  constructor(
    private readonly database: Database,
    private readonly passwords: PasswordHashes,
  ) {}

  /** @throws Overloaded, DatabaseUnavailable */
  async byPassword(email: string, password: string): Promise<Account | undefined> {
    const user = await this.byEmail(email);
    const matches = await this.passwords.matches(password, user?.passwordHash);
    return matches && user && user.disabledAt === null ? accountOf(user) : undefined;
  }

  /** An account that is there, or that a pending invitation allows to make. The address counts only when the provider has verified it. */
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

  async list(): Promise<readonly StoredUser[]> {
    const users = await this.database.run((queries) => queries.select().from(appUser).orderBy(asc(appUser.name)));
    return users.map(storedUserOf);
  }

  /** `undefined` when there is no such user. Whoever is disabled has to be told to go besides: see Notifier.endUser. */
  async setDisabled(userId: string, disabled: boolean): Promise<StoredUser | undefined> {
    const users = await this.database.run((queries) =>
      queries
        .update(appUser)
        .set({ disabledAt: disabled ? new Date() : null })
        .where(eq(appUser.id, userId))
        .returning(),
    );
    return users[0] && storedUserOf(users[0]);
  }

  /** `undefined` when somebody has an account by that address. The token is nowhere stored. */
  async invite(
    inviter: AgentPrincipal,
    { email, role }: { readonly email: string; readonly role: "agent" | "admin" },
  ): Promise<{ readonly token: string; readonly email: string; readonly expiresAt: Date } | undefined> {
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

  /** The new account's address; `undefined` for a token that is unknown, used, replaced or too old. @throws Overloaded */
  async accept(invitation: {
    readonly token: string;
    readonly name: string;
    readonly password: string;
  }): Promise<string | undefined> {
    const tokenHash = hashOf(invitation.token);
    // Asked first, so that nobody without an invitation has a password hashed.
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
      // The address has got an account in the meantime, by the identity provider.
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

function storedUserOf(user: typeof appUser.$inferSelect): StoredUser {
  return { ...accountOf(user), disabledAt: user.disabledAt, createdAt: user.createdAt };
}

/** A hash without salt is enough for 256 random bits. */
function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
