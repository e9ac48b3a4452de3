import { type Database, type Statement } from "../data/database";
import { type EndedReason, type Principal } from "../domain/principal";
import { type Identity } from "../domain/ports/identity";
import { type Tickets } from "./tickets";

/** $1 session ids, $2 user ids. Visitors are not in app_user and cannot be disabled. */
const ENDED: Statement = {
  name: "identity-ended",
  text: `
select sid as key, 'signed-out' as reason from revoked_session where sid = any($1::text[])
union all
select id::text, 'disabled' from app_user where id = any($2::uuid[]) and disabled_at is not null`,
};

interface EndedRow {
  readonly key: string;
  readonly reason: EndedReason;
}

/** Decides who may be connected: by the ticket's signature at the handshake, and by the database afterwards. */
export class PostgresIdentity implements Identity {
  constructor(
    private readonly database: Database,
    private readonly tickets: Tickets,
  ) {}

  issueTicket(principal: Principal): string {
    return this.tickets.issue(principal);
  }

  verifyTicket(ticket: string): Principal | undefined {
    return this.tickets.verify(ticket);
  }

  async ended(principals: readonly Principal[]): Promise<ReadonlyMap<Principal, EndedReason>> {
    if (principals.length === 0) return new Map();
    const sessions = new Set(principals.map(({ sessionId }) => sessionId));
    const users = new Set(principals.filter(({ kind }) => kind === "agent").map(({ userId }) => userId));
    const rows = await this.database.query<EndedRow>(ENDED, [[...sessions], [...users]]);
    const reasons = new Map(rows.map(({ key, reason }) => [key, reason]));
    const gone = new Map<Principal, EndedReason>();
    for (const principal of principals) {
      const reason = reasons.get(principal.userId) ?? reasons.get(principal.sessionId);
      if (reason !== undefined) gone.set(principal, reason);
    }
    return gone;
  }
}
