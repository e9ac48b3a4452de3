import { TICKET_LIFE_SEC } from "../../protocol";
import { type Identity } from "../services";
import { type RealtimeSocket } from "./types";

/** Longest between two tickets of a connection, in milliseconds: the one at hand has half of its life before it. */
const LONGEST_MS = (TICKET_LIFE_SEC * 1000) / 2;

/**
 * Gives connections what their clients come back with when they are lost. A task that dies sends everybody on it to another one at once:
 * the ticket's route would be half of what that costs, and while the database is away it would let nobody in.
 */
export class ReconnectTickets {
  constructor(
    private readonly identity: Identity,
    private readonly longestMs = LONGEST_MS,
  ) {}

  /** Gives a ticket when it is time for it; the first time only says when that is. Only for a session that is known to stand. */
  issueIfDue(socket: RealtimeSocket, now: number): void {
    const { data } = socket;
    const due = data.nextTicketAt;
    if (due !== undefined && now < due) return;
    // Spread, since many came at once after a task was lost.
    data.nextTicketAt = now + this.longestMs * (1 / 3 + (2 / 3) * Math.random());
    if (due === undefined) return;
    const { principal } = data;
    socket.emit("session:ticket", {
      ticket: this.identity.issueTicket(principal),
      sessionExpiresAt: new Date(principal.expiresAt * 1000).toISOString(),
    });
  }
}
