import {
  type Acknowledgement,
  type ClientEvent,
  type ClientPayload,
  type HandshakeRefusal,
  refusal,
  type ServerEvents,
  type SessionEnd,
  type SocketTicket,
  type TicketAnswer,
} from "../protocol";
import { type ClientEnvironment } from "./environment";
import { type Answer } from "./rest-client";
import { SessionRenewal } from "./session-renewal";
import { TicketCache } from "./ticket-cache";
import { reconnectMs, type Timings } from "./timings";
import { type Transport, type TransportFactory } from "./transport/transport";

/** `since` is in milliseconds since the epoch, by this machine's clock. */
export type ConnectionState =
  | { readonly status: "idle" | "connecting" | "online" | "offline"; readonly since: number }
  | { readonly status: "ended"; readonly since: number; readonly reason: SessionEnd };

/** The server's events about conversations; `Connection` handles those about the session itself. */
export type ConversationEvents = Omit<ServerEvents, "session:ended" | "session:ticket">;

export interface ConnectionOptions {
  readonly transport: TransportFactory;
  /** Fetches a ticket for handshakes. */
  readonly ticket: () => Promise<Answer<TicketAnswer>>;
  /** Extends the session where the client can do so, for example by renewing its cookie. */
  readonly extendSession?: () => Promise<void>;
  readonly environment: ClientEnvironment;
  readonly timings: Timings;
  readonly onState: (state: ConnectionState) => void;
  readonly onEvent: <E extends keyof ConversationEvents>(
    event: E,
    payload: Parameters<ConversationEvents[E]>[0],
  ) => void;
}

/**
 * Keeps one connection to the server open. Every attempt is the same: a ticket, cached or fresh, then a handshake; when either fails, it
 * backs off and tries again. A session counts as ended only when the ticket's route or the server says so.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #transport: Transport;
  readonly #ticket: TicketCache;
  readonly #renewal: SessionRenewal;
  #state: ConnectionState;
  #attempt = 0;
  #refusedTickets = 0;
  /** Changes with every attempt, so that a late answer to an earlier one is ignored. */
  #generation = 0;
  #retryTimer: NodeJS.Timeout | undefined;
  #connectTimer: NodeJS.Timeout | undefined;
  #stableTimer: NodeJS.Timeout | undefined;
  #stopWatching: (() => void) | undefined;

  constructor(options: ConnectionOptions) {
    const { environment, timings, transport } = options;
    this.#options = options;
    this.#state = { status: "idle", since: environment.now() };
    this.#ticket = new TicketCache(options.ticket, environment.now);
    this.#renewal = new SessionRenewal({
      ...options,
      ticket: () => this.#ticket.fetch(),
      refresh: (ticket) => this.request("session:refresh", { ticket }),
    });
    this.#transport = transport(
      {
        onOpen: () => this.#opened(),
        onClose: () => this.#failed(),
        onRefused: (refused) => this.#refused(refused),
        onEvent: (event, payload) => this.#received(event, payload),
      },
      { connectMs: timings.connectMs },
    );
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get online(): boolean {
    return this.#state.status === "online";
  }

  /** Starts connecting; also after the session has ended. */
  start(): void {
    if (this.#state.status !== "idle" && this.#state.status !== "ended") return;
    this.#attempt = 0;
    this.#refusedTickets = 0;
    const { environment } = this.#options;
    const stops = [environment.onWake(() => this.#wake()), environment.onOffline(() => this.#lostNetwork())];
    this.#stopWatching = () => stops.forEach((stop) => stop());
    this.#become("connecting");
    void this.#connect();
  }

  stop(): void {
    this.#close();
    this.#become("idle");
  }

  /** Tries at once instead of waiting for the backoff to end. */
  retryNow(): void {
    if (this.#state.status !== "offline" || this.#retryTimer === undefined) return;
    this.#clearTimers();
    void this.#connect();
  }

  /** Sends one event. Never rejects: no answer in time is a refusal that may be retried. */
  async request<E extends ClientEvent>(event: E, payload: ClientPayload<E>): Promise<Acknowledgement<E>> {
    // Nothing is sent later by a transport that buffers; what must not be lost is in the outbox.
    if (!this.#transport.connected) return refusal("UNAVAILABLE", "Not connected.");
    try {
      return await this.#transport.send(event, payload, this.#options.timings.ackMs);
    } catch {
      return refusal("UNAVAILABLE", "The server did not answer in time.");
    }
  }

  async #connect(): Promise<void> {
    const generation = ++this.#generation;
    const answer = await this.#ticket.get();
    if (generation !== this.#generation) return;
    if (!answer.ok) {
      if (answer.code === "UNAUTHENTICATED" || answer.code === "FORBIDDEN") this.#end("expired");
      else this.#retryLater(answer.retryAfterMs);
      return;
    }
    this.#renewal.watch(answer.sessionExpiresAt);
    this.#connectTimer = setTimeout(() => this.#failed(), this.#options.timings.connectMs);
    this.#transport.open(answer.ticket);
  }

  #opened(): void {
    clearTimeout(this.#connectTimer);
    this.#refusedTickets = 0;
    this.#stableTimer = setTimeout(() => (this.#attempt = 0), this.#options.timings.stableMs);
    this.#become("online");
  }

  #received<E extends keyof ServerEvents>(event: E, payload: Parameters<ServerEvents[E]>[0]): void {
    if (event === "session:ended") this.#end((payload as { readonly reason: SessionEnd }).reason);
    else if (event === "session:ticket") this.#ticket.keep(payload as SocketTicket);
    else this.#options.onEvent(event, payload as never);
  }

  #refused(refused: HandshakeRefusal | undefined): void {
    if (refused?.code === 401) this.#ticket.forget();
    // A ticket may expire on the way, on a laptop that was shut just then. A second one was fetched right before, so the session has ended.
    if (refused?.retryable === false && ++this.#refusedTickets > 1) this.#end("expired");
    else this.#failed();
  }

  #failed(): void {
    if (this.#state.status === "idle" || this.#state.status === "ended") return;
    this.#retryLater();
  }

  #retryLater(atLeastMs = 0): void {
    this.#generation++;
    this.#clearTimers();
    this.#renewal.stop();
    // Also closes what a refused handshake leaves open.
    this.#transport.close();
    const { environment, timings } = this.#options;
    this.#connectAfter(atLeastMs + reconnectMs(this.#attempt++, timings.backoff, environment.random));
    this.#become("offline");
  }

  #connectAfter(delayMs: number): void {
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = undefined;
      void this.#connect();
    }, delayMs);
  }

  /** Does not wait for a heartbeat to fail. Goes on trying, because a server on the same machine is still there. */
  #lostNetwork(): void {
    const { status } = this.#state;
    if (status === "online" || status === "connecting") this.#retryLater();
  }

  #wake(): void {
    if (this.#state.status !== "offline" || this.#retryTimer === undefined) return;
    clearTimeout(this.#retryTimer);
    const { environment, timings } = this.#options;
    this.#connectAfter(environment.random() * timings.wakeMs);
  }

  #end(reason: SessionEnd): void {
    this.#close();
    this.#state = { status: "ended", since: this.#options.environment.now(), reason };
    this.#options.onState(this.#state);
  }

  #close(): void {
    this.#generation++;
    this.#clearTimers();
    this.#renewal.stop();
    this.#stopWatching?.();
    this.#ticket.forget();
    this.#state = { status: "idle", since: this.#options.environment.now() };
    this.#transport.close();
  }

  #clearTimers(): void {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#connectTimer);
    clearTimeout(this.#stableTimer);
    this.#retryTimer = undefined;
  }

  #become(status: "idle" | "connecting" | "online" | "offline"): void {
    if (this.#state.status === status) return;
    this.#state = { status, since: this.#options.environment.now() };
    this.#options.onState(this.#state);
  }
}
