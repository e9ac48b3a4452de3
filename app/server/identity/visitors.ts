import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type Database, type Statement } from "../data/database";
import { batchedLookup } from "../data/batched-lookup";
import { type VisitorPrincipal } from "../domain/principal";
import { cookieOf } from "./cookies";
import { SignedTokens } from "./signed-tokens";

/** A customer who comes back within this time finds their conversation again, in seconds. */
export const VISITOR_LIFE_SEC = 30 * 24 * 60 * 60;

const CLOCK_TOLERANCE_SEC = 5;

const visitorClaims = z.object({ sub: z.uuid(), conversation: z.uuid(), sid: z.string().min(1) });

/** $1 visitor, $2 name, $3 conversation. */
const BEGIN: Statement = {
  name: "visitor-begin",
  text: `
with begun as (insert into visitor (id, name) values ($1, $2) returning id)
insert into conversation (id, visitor_id) select $3, id from begun`,
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

interface Asked {
  readonly userId: string;
  readonly conversationId: string;
  readonly sessionId: string;
}

export interface Begun {
  readonly principal: VisitorPrincipal;
  /** For the cookie. */
  readonly token: string;
}

/** Customers: no account, only a signed token that is good for one conversation. */
export class Visitors {
  readonly cookie: string;
  private readonly tokens: SignedTokens<typeof visitorClaims>;
  private readonly person: (asked: Asked) => Promise<{ readonly name: string } | undefined>;

  constructor(
    private readonly database: Database,
    secret: string,
    /** Whether the site is reached by https alone; the cookie is then bound to this very host. */
    readonly secure: boolean,
  ) {
    this.cookie = `${secure ? "__Host-" : ""}messenger-crm.visitor`;
    this.person = batchedLookup(database, {
      statement: PEOPLE,
      columns: ({ userId, conversationId, sessionId }: Asked) => [userId, conversationId, sessionId],
    });
    this.tokens = new SignedTokens({
      secret,
      audience: "visitor",
      claims: visitorClaims,
      toleranceSec: CLOCK_TOLERANCE_SEC,
    });
  }

  async begin(name: string): Promise<Begun> {
    const [userId, conversationId, sessionId] = [randomUUID(), randomUUID(), randomUUID()];
    const expiresAt = Math.floor(Date.now() / 1000) + VISITOR_LIFE_SEC;
    const token = this.tokens.sign({ sub: userId, conversation: conversationId, sid: sessionId }, expiresAt);
    await this.database.query(BEGIN, [userId, name, conversationId]);
    return { token, principal: { kind: "visitor", userId, name, conversationId, sessionId, expiresAt } };
  }

  /** @throws DatabaseUnavailable */
  async visitorOf(headers: Headers): Promise<VisitorPrincipal | undefined> {
    const token = cookieOf(headers, this.cookie);
    const claims = token === undefined ? undefined : this.tokens.verify(token);
    if (claims === undefined) return undefined;
    const { sub: userId, conversation: conversationId, sid: sessionId, exp: expiresAt } = claims;
    const person = await this.person({ userId, conversationId, sessionId });
    return person && { kind: "visitor", userId, name: person.name, conversationId, sessionId, expiresAt };
  }
}
