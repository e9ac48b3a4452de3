import { Tickets } from "../../server/identity";
import { type Principal } from "../../server/domain/principal";
import { type Identity } from "../../server/domain/ports/identity";

export const TICKET_SECRET = "a-secret-of-tests-with-forty-eight-characters-xx";

/** Issues real tickets; disabled users and ended sessions are in two sets instead of tables. */
export class MemoryIdentity implements Identity {
  readonly disabled = new Set<string>();
  readonly signedOut = new Set<string>();
  /** Number of calls of `ended`. */
  asked = 0;
  readonly #tickets = new Tickets(TICKET_SECRET);

  issueTicket(principal: Principal): string {
    return this.#tickets.issue(principal);
  }

  verifyTicket(ticket: string): Principal | undefined {
    return this.#tickets.verify(ticket);
  }

  ended(principals: readonly Principal[]): Promise<Map<Principal, "signed-out" | "disabled">> {
    this.asked += 1;
    const gone = new Map<Principal, "signed-out" | "disabled">();
    for (const principal of principals) {
      if (this.disabled.has(principal.userId)) gone.set(principal, "disabled");
      else if (this.signedOut.has(principal.sessionId)) gone.set(principal, "signed-out");
    }
    return Promise.resolve(gone);
  }
}
