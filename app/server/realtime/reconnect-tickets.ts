import { TICKET_LIFE_SEC } from "../../protocol";
import { issueTicket } from "../domain/issue-ticket";
import { type Identity } from "../domain/ports/identity";
import { type RealtimeSocket } from "./types";

/** Longest time between two tickets of a connection, in milliseconds; the latest ticket is then valid for as long again. */
const MAX_INTERVAL_MS = (TICKET_LIFE_SEC * 1000) / 2;

/**
 * Sends connections the tickets with which their clients reconnect. When a task dies, all its clients connect elsewhere at once: asking for
 * tickets by REST would be half the cost of that, and impossible while the database is away.
 */
export class ReconnectTickets {
  constructor(
    private readonly identity: Identity,
    private readonly maxIntervalMs = MAX_INTERVAL_MS,
  ) {}

  /** Sends a ticket when one is due; the first call only schedules it. Call it only for sessions that are known to be active. */
  issueIfDue(socket: RealtimeSocket, now: number): void {
    const { data } = socket;
    const due = data.nextTicketAt;
    if (due !== undefined && now < due) return;
    // Random, because many connections arrive at once after a task was lost.
    data.nextTicketAt = now + this.maxIntervalMs * (1 / 3 + (2 / 3) * Math.random());
    if (due === undefined) return;
    socket.emit("session:ticket", issueTicket({ identity: this.identity }, data.principal));
  }
}
