import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
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
import { HeldTicket } from "./held-ticket";
import { type Answer } from "./rest";
import { SessionKeeper } from "./session-keeper";
import { reconnectMs, type Timings } from "./timings";

/** `since` is in milliseconds since the epoch, by this machine's clock. */
export type ConnectionState =
  | { readonly status: "idle" | "connecting" | "online" | "offline"; readonly since: number }
  | { readonly status: "ended"; readonly since: number; readonly reason: SessionEnd };

/** What the server sends of conversations; its words about the session are the connection's own. */
export type ConversationEvents = Omit<ServerEvents, "session:ended" | "session:ticket">;

export interface ConnectionOptions {
  /** Origin of the sockets; empty in a browser: the page's own. */
  readonly url: string;
  readonly path: string;
  /** Fetches a ticket for handshakes. */
  readonly ticket: () => Promise<Answer<TicketAnswer>>;
  /** Prolongs the session where that is possible; its cookie, for example. */
  readonly prolong?: () => Promise<void>;
  readonly socketOptions?: Partial<ManagerOptions & SocketOptions>;
  readonly environment: ClientEnvironment;
  readonly timings: Timings;
  readonly onState: (state: ConnectionState) => void;
  readonly onEvent: <E extends keyof ConversationEvents>(
    event: E,
    payload: Parameters<ConversationEvents[E]>[0],
  ) => void;
}

/**
 * Keeps one socket open. Socket.IO's own reconnection is off: it does not come back after a refused handshake, nor after the server
 * closed the connection, and it would show one ticket for ever. Here every attempt is the same: a ticket that is at hand or a fresh
 * one, a handshake, and backoff when either fails. Only the ticket's route decides that a session has ended, or the server's last word.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #socket: Socket;
  readonly #ticket: HeldTicket;
  readonly #keeper: SessionKeeper;
  #state: ConnectionState;
  #attempt = 0;
  #refusedTickets = 0;
  /** Ends everything that belongs to an earlier attempt. */
  #generation = 0;
  #retryTimer: NodeJS.Timeout | undefined;
  #connectTimer: NodeJS.Timeout | undefined;
  #stableTimer: NodeJS.Timeout | undefined;
  #stopWaking: (() => void) | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#state = { status: "idle", since: options.environment.now() };
    this.#socket = io(options.url, {
      path: options.path,
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      ...options.socketOptions,
      timeout: options.timings.connectMs,
      autoConnect: false,
      reconnection: false,
      forceNew: true,
    });
    this.#ticket = new HeldTicket(options.ticket, options.environment.now);
    this.#keeper = new SessionKeeper({
      ...options,
      ticket: () => this.#ticket.fetch(),
      refresh: (ticket) => this.request("session:refresh", { ticket }),
    });
    this.#socket.on("connect", () => this.#connected());
    this.#socket.on("disconnect", () => this.#failed());
    this.#socket.on("connect_error", (error) => this.#refused(error));
    this.#socket.onAny((event: keyof ServerEvents, payload: unknown) => {
      if (event === "session:ended") this.#end((payload as { readonly reason: SessionEnd }).reason);
      else if (event === "session:ticket") this.#ticket.keep(payload as SocketTicket);
      else options.onEvent(event, payload as never);
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get online(): boolean {
    return this.#state.status === "online";
  }

  /** Begins, or begins anew after an end. */
  start(): void {
    if (this.#state.status !== "idle" && this.#state.status !== "ended") return;
    this.#attempt = 0;
    this.#refusedTickets = 0;
    this.#stopWaking = this.#options.environment.onWake(() => this.#wake());
    this.#become("connecting");
    void this.#connect();
  }

  stop(): void {
    this.#close();
    this.#become("idle");
  }

  /** Does not wait for the backoff to end. */
  retryNow(): void {
    if (this.#state.status !== "offline" || this.#retryTimer === undefined) return;
    this.#clearTimers();
    void this.#connect();
  }

  /** Sends one event. Never rejects: no answer in time is a refusal that may be tried again. */
  async request<E extends ClientEvent>(event: E, payload: ClientPayload<E>): Promise<Acknowledgement<E>> {
    // Socket.IO would keep it and send it some day; what is to be kept is in the outbox.
    if (!this.#socket.connected) return refusal("UNAVAILABLE", "Not connected.");
    try {
      return (await this.#socket
        .timeout(this.#options.timings.ackMs)
        .emitWithAck(event, payload)) as Acknowledgement<E>;
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
    this.#keeper.watch(answer.sessionExpiresAt);
    this.#socket.auth = { ticket: answer.ticket };
    this.#connectTimer = setTimeout(() => this.#failed(), this.#options.timings.connectMs);
    this.#socket.connect();
  }

  #connected(): void {
    clearTimeout(this.#connectTimer);
    this.#refusedTickets = 0;
    this.#stableTimer = setTimeout(() => (this.#attempt = 0), this.#options.timings.stableMs);
    this.#become("online");
  }

  #refused(error: Error & { data?: HandshakeRefusal }): void {
    if (error.data?.code === 401) this.#ticket.forget();
    // A ticket may have grown old on the way, in a laptop that was shut just then; a second one that was fetched right before has not.
    if (error.data?.retryable === false && ++this.#refusedTickets > 1) this.#end("expired");
    else this.#failed();
  }

  #failed(): void {
    if (this.#state.status === "idle" || this.#state.status === "ended") return;
    this.#retryLater();
  }

  #retryLater(atLeastMs = 0): void {
    this.#generation++;
    this.#clearTimers();
    this.#keeper.stop();
    // Also ends the half of a connection that a refused handshake leaves open.
    this.#socket.disconnect();
    const { environment, timings } = this.#options;
    const delay = atLeastMs + reconnectMs(this.#attempt++, timings.backoff, environment.random);
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = undefined;
      void this.#connect();
    }, delay);
    this.#become("offline");
  }

  #wake(): void {
    if (this.#state.status !== "offline" || this.#retryTimer === undefined) return;
    clearTimeout(this.#retryTimer);
    const { environment, timings } = this.#options;
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = undefined;
      void this.#connect();
    }, environment.random() * timings.wakeMs);
  }

  #end(reason: SessionEnd): void {
    this.#close();
    this.#state = { status: "ended", since: this.#options.environment.now(), reason };
    this.#options.onState(this.#state);
  }

  #close(): void {
    this.#generation++;
    this.#clearTimers();
    this.#keeper.stop();
    this.#stopWaking?.();
    this.#ticket.forget();
    // Before the socket closes, or its last event would begin another attempt.
    this.#state = { status: "idle", since: this.#options.environment.now() };
    this.#socket.disconnect();
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
