import { findEndedSessions } from "../domain/find-ended-sessions";
import { type Clock } from "../domain/ports/clock";
import { type Identity } from "../domain/ports/identity";
import { type EndedReason, isExpired } from "../domain/principal";
import { UNREAD_BYTES_PER_CONNECTION, UNREAD_PACKETS_PER_CONNECTION } from "../limits/limits";
import { type Log } from "../operations/log";
import { endSocket } from "./end-sockets";
import { terminate, unreadBytes, unreadPackets } from "./engine-connection";
import { ReconnectTickets } from "./reconnect-tickets";
import { type Revocations } from "./revocations";
import { type RealtimeServer, type RealtimeSocket } from "./types";

export interface SweepOptions {
  readonly io: RealtimeServer;
  readonly identity: Identity;
  readonly revocations: Revocations;
  readonly log: Log;
  readonly now: Clock;
  /** Milliseconds between two passes over all sockets: the longest that a socket outlives its session's expiry. */
  readonly intervalMs?: number;
  /** Milliseconds between two database queries for ended sessions. */
  readonly recheckMs?: number;
  /** Longest time between two tickets of a connection, in milliseconds. */
  readonly ticketMs?: number;
}

const INTERVAL_MS = 500;
const RECHECK_MS = 5000;

/**
 * Passes over all sockets on one timer, which is cheaper than several timers for each: closes expired and ended sessions and connections
 * that do not read, and sends reconnect tickets.
 */
export class Sweep {
  readonly #timer: NodeJS.Timeout;
  readonly #tickets: ReconnectTickets;
  #lastRecheck = 0;
  #rechecking = false;

  constructor(private readonly options: SweepOptions) {
    this.#tickets = new ReconnectTickets(options.identity, options.ticketMs);
    this.#timer = setInterval(() => this.#sweep(), options.intervalMs ?? INTERVAL_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #sweep(): void {
    const now = this.options.now();
    const recheckAll = now - this.#lastRecheck >= (this.options.recheckMs ?? RECHECK_MS);
    const toCheck: RealtimeSocket[] = [];
    for (const socket of this.options.io.sockets.sockets.values()) {
      if (isExpired(socket.data.principal, this.options.now)) endSocket(socket, "expired");
      else if (isNotReading(socket)) this.#terminate(socket);
      else {
        if (recheckAll || !socket.data.checked) toCheck.push(socket);
        if (socket.data.checked) this.#tickets.issueIfDue(socket, now);
      }
    }
    if (recheckAll) this.#lastRecheck = now;
    if (toCheck.length > 0 && !this.#rechecking) void this.#recheck(toCheck);
  }

  /** Revokes as well: otherwise its ticket could open the next connection before the next check. */
  #end(socket: RealtimeSocket, reason: EndedReason): void {
    const { userId, sessionId } = socket.data.principal;
    this.options.revocations.revoke(reason, reason === "disabled" ? userId : sessionId);
    endSocket(socket, reason);
  }

  #terminate(socket: RealtimeSocket): void {
    this.options.log.warn({ socket: socket.id, bytes: unreadBytes(socket) }, "cut a connection that does not read");
    terminate(socket);
  }

  /**
   * Closes the sockets of sessions that ended while the notice of it was lost. New sockets are checked in the next pass, because a ticket may
   * have been issued minutes before.
   */
  async #recheck(sockets: readonly RealtimeSocket[]): Promise<void> {
    this.#rechecking = true;
    try {
      const reasons = await findEndedSessions(
        this.options,
        sockets.map(({ data }) => data.principal),
      );
      for (const socket of sockets) {
        const reason = reasons.get(socket.data.principal.sessionId);
        socket.data.checked = true;
        delete socket.data.unconfirmed;
        if (reason !== undefined) this.#end(socket, reason);
      }
    } catch (error) {
      this.options.log.warn({ err: error }, "could not ask which sessions have ended");
    } finally {
      this.#rechecking = false;
    }
  }
}

function isNotReading(socket: RealtimeSocket): boolean {
  return unreadPackets(socket) > UNREAD_PACKETS_PER_CONNECTION || unreadBytes(socket) > UNREAD_BYTES_PER_CONNECTION;
}
