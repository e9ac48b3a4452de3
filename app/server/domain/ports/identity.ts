import { type EndedReason, type Principal } from "../principal";

/** Decides who may be connected. */
export interface Identity {
  /** Issues a signed ticket for socket handshakes, valid for TICKET_LIFE_SEC. */
  issueTicket(principal: Principal): string;

  /**
   * Returns the ticket's principal, or `undefined` when the ticket is not valid. Depends on signature, audience and time only, never on
   * the database, so that it cannot fail temporarily.
   */
  verifyTicket(ticket: string): Principal | undefined;

  /** Returns those of the connected principals whose session has ended. Asked periodically, since a notice of it may be lost. */
  ended(principals: readonly Principal[]): Promise<ReadonlyMap<Principal, EndedReason>>;
}
