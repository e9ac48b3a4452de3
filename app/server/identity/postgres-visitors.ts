import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type Database, type Statement } from "../data/database";
import { batchedLookup } from "../data/batched-lookup";
import { type NewVisitor, type Visitors } from "../domain/ports/visitors";
import { type VisitorPrincipal } from "../domain/principal";
import { cookieOf } from "./cookies";
import { SignedTokens } from "./signed-tokens";

/** Seconds for which a visitor token is valid: a customer who returns within this time finds their conversation again. */
export const VISITOR_LIFE_SEC = 30 * 24 * 60 * 60;

const CLOCK_TOLERANCE_SEC = 5;

const visitorClaims = z.object({ sub: z.uuid(), conversation: z.uuid(), sid: z.string().min(1) });

/** $1 visitor, $2 name, $3 conversation. */
const CREATE: Statement = {
  name: "visitor-create",
  text: `
with created as (insert into visitor (id, name) values ($1, $2) returning id)
insert into conversation (id, visitor_id) select $3, id from created`,
};

/** $1 visitors, $2 their conversations, $3 their sessions. */
const PEOPLE: Statement = {
  name: "visitor-people",
  text: `
select asked.nth::int as nth, v.name
from unnest($1::uuid[], $2::uuid[], $3::text[]) with ordinality as asked (visitor, conversation, sid, nth)
join visitor v on v.id = asked.visitor
join conversation c on c.id = asked.conversation and c.visitor_id = v.id
where not exists (select from revoked_session r where r.sid = asked.sid)`,
};

interface VisitorKey {
  readonly userId: string;
  readonly conversationId: string;
  readonly sessionId: string;
}

/** Customers, who have a signed token for one conversation instead of an account. */
export class PostgresVisitors implements Visitors {
  readonly cookie: string;
  private readonly tokens: SignedTokens<typeof visitorClaims>;
  private readonly person: (key: VisitorKey) => Promise<{ readonly name: string } | undefined>;

  constructor(
    private readonly database: Database,
    secret: string,
    /** Whether the site is served over https only; the cookie is then bound to its host. */
    readonly secure: boolean,
  ) {
    this.cookie = `${secure ? "__Host-" : ""}messenger-crm.visitor`;
    this.person = batchedLookup(database, {
      statement: PEOPLE,
      columns: ({ userId, conversationId, sessionId }: VisitorKey) => [userId, conversationId, sessionId],
    });
    this.tokens = new SignedTokens({
      secret,
      audience: "visitor",
      claims: visitorClaims,
      toleranceSec: CLOCK_TOLERANCE_SEC,
    });
  }

  async create(name: string): Promise<NewVisitor> {
    const [userId, conversationId, sessionId] = [randomUUID(), randomUUID(), randomUUID()];
    const expiresAt = Math.floor(Date.now() / 1000) + VISITOR_LIFE_SEC;
    const token = this.tokens.sign({ sub: userId, conversation: conversationId, sid: sessionId }, expiresAt);
    await this.database.query(CREATE, [userId, name, conversationId]);
    return { token, principal: { kind: "visitor", userId, name, conversationId, sessionId, expiresAt } };
  }

  /** Returns the customer whose cookie a request carries; `undefined` without a valid one. @throws DatabaseUnavailable */
  async visitorOf(headers: Headers): Promise<VisitorPrincipal | undefined> {
    const token = cookieOf(headers, this.cookie);
    const claims = token === undefined ? undefined : this.tokens.verify(token);
    if (claims === undefined) return undefined;
    const { sub: userId, conversation: conversationId, sid: sessionId, exp: expiresAt } = claims;
    const person = await this.person({ userId, conversationId, sessionId });
    return person && { kind: "visitor", userId, name: person.name, conversationId, sessionId, expiresAt };
  }
}
