import { lt, sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, type Statement } from "../data/database";
import { revokedSession } from "../data/schema";
import { batchedLookup } from "../data/batched-lookup";
import { type Sessions } from "../domain/ports/sessions";
import { type AgentPrincipal } from "../domain/principal";
import { cookieOf } from "./cookies";
import { decodeSession } from "./session-cookie";

/** What is read from the session's cookie; name and role come from the database. */
const claims = z.object({ sub: z.uuid(), sid: z.string().min(1).max(200), exp: z.int() });

/** $1 user ids, $2 their session ids. Name and role are read here, so that changing them needs no new sign-in. */
const PEOPLE: Statement = {
  name: "session-people",
  text: `
select asked.nth::int as nth, u.name, u.role::text as role
from unnest($1::uuid[], $2::text[]) with ordinality as asked (id, sid, nth)
join app_user u on u.id = asked.id and u.disabled_at is null
where not exists (select from revoked_session r where r.sid = asked.sid)`,
};

interface SessionKey {
  readonly userId: string;
  readonly sessionId: string;
}

interface PersonRow {
  readonly name: string;
  readonly role: "agent" | "admin";
}

/** How long a revocation is kept, in milliseconds: longer than any session or visitor token is valid. */
const REVOCATION_MS = 31 * 24 * 60 * 60 * 1000;

/** Sessions of agents: next-auth's encrypted cookie, checked against the database at every request. */
export class PostgresSessions implements Sessions {
  private readonly cookie: string;
  private readonly person: (key: SessionKey) => Promise<PersonRow | undefined>;

  /** @param publicOrigin determines the cookie's name, as it does for next-auth */
  constructor(
    private readonly database: Database,
    private readonly secret: string,
    publicOrigin: string,
  ) {
    this.person = batchedLookup(database, {
      statement: PEOPLE,
      columns: ({ userId, sessionId }: SessionKey) => [userId, sessionId],
    });
    this.cookie = `${publicOrigin.startsWith("https://") ? "__Secure-" : ""}next-auth.session-token`;
  }

  /**
   * Returns the agent whose session cookie a request carries; `undefined` without an active session.
   * @throws DatabaseUnavailable, which does not mean that the session has ended
   */
  async agentOf(headers: Headers): Promise<AgentPrincipal | undefined> {
    const token = cookieOf(headers, this.cookie);
    const session = token === undefined ? undefined : await this.read(token);
    if (session === undefined || session.exp * 1000 <= Date.now()) return undefined;
    const { sub: userId, sid: sessionId, exp: expiresAt } = session;
    const person = await this.person({ userId, sessionId });
    return person && { kind: "agent", userId, name: person.name, role: person.role, sessionId, expiresAt };
  }

  async isActive(sessionId: string, userId: string): Promise<boolean> {
    return (await this.find(sessionId, userId)) !== undefined;
  }

  async find(sessionId: string, userId: string): Promise<PersonRow | undefined> {
    return z.uuid().safeParse(userId).success ? this.person({ userId, sessionId }) : undefined;
  }

  /** Also deletes revocations that are no longer needed. */
  async revoke(sessionId: string): Promise<void> {
    await this.database.run((queries) =>
      queries.delete(revokedSession).where(lt(revokedSession.expiresAt, sql`now()`)),
    );
    await this.database.run((queries) =>
      queries
        .insert(revokedSession)
        .values({ sid: sessionId, expiresAt: new Date(Date.now() + REVOCATION_MS) })
        .onConflictDoNothing(),
    );
  }

  private async read(token: string): Promise<z.output<typeof claims> | undefined> {
    try {
      return claims.parse(await decodeSession({ token, secret: this.secret }));
    } catch {
      return undefined;
    }
  }
}
