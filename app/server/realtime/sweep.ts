import { UNREAD_BYTES_PER_CONNECTION, UNREAD_PACKETS_PER_CONNECTION } from "../limits/limits";
import { type Log } from "../operations/log";
import { type Principal } from "../domain/principal";
import { type Identity } from "../services";
import { terminate, unreadBytes, unreadPackets } from "./engine-connection";
import { ReconnectTickets } from "./reconnect-tickets";
import { endSocket } from "./end-sockets";
import { type RealtimeServer, type RealtimeSocket } from "./types";

export interface SweepOptions {
  readonly io: RealtimeServer;
  readonly identity: Identity;
  readonly log: Log;
  /** Milliseconds between two looks at all sockets: the most that a session can outlive its end. */
  readonly intervalMs?: number;
  /** Milliseconds between two questions to the database whether the sessions of all sockets still stand. */
  readonly recheckMs?: number;
  /** Longest between two tickets of a connection, in milliseconds. */
  readonly ticketMs?: number;
}

const INTERVAL_MS = 500;
const RECHECK_MS = 5000;

/** One timer for all sockets, instead of several for each: expired sessions, readers that do not read, sessions that ended elsewhere, tickets. */
export class Sweep {
  readonly #timer: NodeJS.Timeout;
  readonly #tickets: ReconnectTickets;
  #lastRecheck = 0;
  #asking = false;

  constructor(private readonly options: SweepOptions) {
    this.#tickets = new ReconnectTickets(options.identity, options.ticketMs);
    this.#timer = setInterval(() => this.#look(), options.intervalMs ?? INTERVAL_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = Date.now();
    const all = now - this.#lastRecheck >= (this.options.recheckMs ?? RECHECK_MS);
    const toCheck: RealtimeSocket[] = [];
    for (const socket of this.options.io.sockets.sockets.values()) {
      if (socket.data.principal.expiresAt * 1000 <= now) endSocket(socket, "expired");
      else if (isStuck(socket)) this.#cut(socket);
      else {
        if (all || !socket.data.checked) toCheck.push(socket);
        if (socket.data.checked) this.#tickets.issueIfDue(socket, now);
      }
    }
    if (all) this.#lastRecheck = now;
    if (toCheck.length > 0 && !this.#asking) void this.#recheck(toCheck);
  }

  #cut(socket: RealtimeSocket): void {
    this.options.log.warn({ socket: socket.id, bytes: unreadBytes(socket) }, "cut a connection that does not read");
    terminate(socket);
  }

  /**
   * A session that was ended while its socket was elsewhere, or while the word of it was lost with Redis, ends here: the database knows.
   * New sockets are asked about at the next look, since a ticket may be minutes old.
   */
  async #recheck(sockets: readonly RealtimeSocket[]): Promise<void> {
    const { identity, log } = this.options;
    this.#asking = true;
    try {
      const sessions = new Map<string, Principal>();
      for (const { data } of sockets) sessions.set(data.principal.sessionId, data.principal);
      const ended = await identity.ended([...sessions.values()]);
      const reasons = new Map([...ended].map(([{ sessionId }, reason]) => [sessionId, reason]));
      for (const socket of sockets) {
        const reason = reasons.get(socket.data.principal.sessionId);
        socket.data.checked = true;
        if (reason !== undefined) endSocket(socket, reason);
      }
    } catch (error) {
      log.warn({ err: error }, "could not ask which sessions have ended");
    } finally {
      this.#asking = false;
    }
  }
}

function isStuck(socket: RealtimeSocket): boolean {
  return unreadPackets(socket) > UNREAD_PACKETS_PER_CONNECTION || unreadBytes(socket) > UNREAD_BYTES_PER_CONNECTION;
}
