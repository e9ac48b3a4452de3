import { createServer, type Server as HttpServer } from "node:http";
import { type AddressInfo } from "node:net";
import { type DefaultEventsMap, Server, type Socket } from "socket.io";
import {
  type Acknowledgement,
  type ClientEvent,
  type ClientPayload,
  type HandshakeRefusal,
  type Message,
  type Refusal,
  refusal,
  type SenderKind,
  type SyncDelta,
  type TicketAnswer,
} from "../../protocol";
import { type Answer } from "../../client/rest-client";
import { LIMITS } from "./time-limits";

type Sockets = Server<DefaultEventsMap, DefaultEventsMap>;
type Handler<E extends ClientEvent> = (payload: ClientPayload<E>) => Acknowledgement<E> | "silence";

export const USER = { kind: "agent", userId: "0b0e9c5e-0000-4000-8000-000000000001", name: "Aki" } as const;

/** A real Socket.IO server with a log in memory, and switches for the failures that a client may meet. */
export class FakeMessenger {
  readonly log = new Map<string, Message[]>();
  /** Every `message:send` that arrived, in order. */
  readonly received: ClientPayload<"message:send">[] = [];
  readonly syncs: ClientPayload<"sync">[] = [];
  readonly tickets: string[] = [];
  readonly handshakes: string[] = [];
  readonly refreshed: string[] = [];
  pageSize = 200;
  sessionMs = 3_600_000;
  /** Refusals of the ticket's route, one for each request, before tickets are issued again. */
  ticketRefusals: Refusal[] = [];
  handshakeRefusals: HandshakeRefusal[] = [];
  /** Replaces the handling of `message:send`; `undefined` keeps it. */
  onSend:
    ((payload: ClientPayload<"message:send">) => Acknowledgement<"message:send"> | "silence" | undefined) | undefined;
  transports: ("websocket" | "polling")[] = ["websocket", "polling"];
  #http: HttpServer | undefined;
  #io: Sockets | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get sockets(): Socket[] {
    return [...(this.#io?.sockets.sockets.values() ?? [])];
  }

  /** Starts to listen, on the same port each time. */
  async listen(): Promise<void> {
    const http = createServer();
    this.#http = http;
    await new Promise<void>((resolve) => http.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (http.address() as AddressInfo).port;
    this.#io = new Server(http, { transports: this.transports });
    this.#io.use((socket, next) => {
      this.handshakes.push((socket.handshake.auth as { ticket: string }).ticket);
      const refused = this.handshakeRefusals.shift();
      if (refused === undefined) next();
      else next(Object.assign(new Error("refused"), { data: refused }));
    });
    this.#io.on("connection", (socket) => this.#connected(socket));
  }

  /** Closes all connections, as a draining task does, and stops listening. */
  async close(): Promise<void> {
    const http = this.#http;
    await this.#io?.close();
    http?.closeAllConnections();
  }

  readonly ticket = (): Promise<Answer<TicketAnswer>> => {
    const refused = this.ticketRefusals.shift();
    if (refused !== undefined) return Promise.resolve(refused);
    const ticket = `ticket-${this.tickets.length + 1}`;
    this.tickets.push(ticket);
    return Promise.resolve({
      ok: true,
      ticket,
      principal: USER,
      sessionExpiresAt: new Date(Date.now() + this.sessionMs).toISOString(),
    });
  };

  /** Stores a message as if another person had sent it; `live` broadcasts it to the room. */
  store(conversationId: string, body: string, live = true, senderKind: SenderKind = "agent"): Message {
    const message = { conversationId, clientMessageId: crypto.randomUUID(), body };
    return this.#append(message, "somebody-else", live, senderKind);
  }

  /** Broadcasts an event to all sockets. */
  tell(event: string, payload: unknown): void {
    this.#io?.emit(event, payload);
  }

  #connected(socket: Socket): void {
    this.#on(socket, "message:send", (payload) => {
      this.received.push(payload);
      const instead = this.onSend?.(payload);
      if (instead !== undefined) return instead;
      const { seq, createdAt } = this.#append(payload, USER.userId, true);
      return { ok: true, seq, createdAt };
    });
    this.#on(socket, "sync", ({ conversations }) => {
      this.syncs.push({ conversations });
      const deltas = Object.entries(conversations).map(([id, after]) => [id, this.#delta(socket, id, after)] as const);
      return { ok: true, conversations: Object.fromEntries(deltas) };
    });
    this.#on(socket, "session:refresh", ({ ticket }) => {
      this.refreshed.push(ticket);
      return { ok: true, expiresAt: new Date(Date.now() + this.sessionMs).toISOString() };
    });
    this.#on(socket, "read", () => ({ ok: true }));
    this.#on(socket, "typing", () => ({ ok: true }));
    this.#on(socket, "unsubscribe", () => ({ ok: true }));
  }

  #on<E extends ClientEvent>(socket: Socket, event: E, handler: Handler<E>): void {
    const listener = (payload: ClientPayload<E>, acknowledge: (result: Acknowledgement<E>) => void): void => {
      const result = handler(payload);
      if (result !== "silence") acknowledge(result);
    };
    (socket as NodeJS.EventEmitter).on(event, listener);
  }

  #delta(socket: Socket, id: string, after: number): SyncDelta {
    const stored = this.log.get(id);
    if (stored === undefined) return refusal("NOT_FOUND", "No such conversation.");
    void socket.join(id);
    const missing = stored.slice(after);
    const messages = missing.slice(0, this.pageSize);
    return { ok: true, messages, headSeq: stored.length, more: messages.length < missing.length };
  }

  #append(
    payload: ClientPayload<"message:send">,
    senderId: string,
    live: boolean,
    senderKind: SenderKind = "agent",
  ): Message {
    const stored = this.log.get(payload.conversationId) ?? [];
    this.log.set(payload.conversationId, stored);
    const before = stored.find(({ clientMessageId }) => clientMessageId === payload.clientMessageId);
    if (before !== undefined) return before;
    const message: Message = {
      ...payload,
      seq: stored.length + 1,
      senderId,
      senderKind,
      senderName: senderId,
      createdAt: new Date().toISOString(),
    };
    stored.push(message);
    if (live) this.#io?.to(payload.conversationId).emit("message", message);
    return message;
  }
}

/**
 * Waits until a condition holds.
 *
 * @throws Error with the condition and `describe()` when it does not hold in time
 */
export async function until(
  holds: () => boolean,
  describe: () => unknown = () => "",
  withinMs = LIMITS.conditionMs,
): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > giveUpAt) throw new Error(`did not happen: ${holds.toString()} ${JSON.stringify(describe())}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
