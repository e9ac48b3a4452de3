import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { RawSocket } from "../../load/raw-socket";
import { type Http, joinCookies, USER_AGENT } from "./http";
import { fetchTicket, type Visitor } from "./visitor";

export interface ClientOptions {
  readonly http: Http;
  readonly visitor: Visitor;
  /** The load balancer's cookie, which selects the task. */
  readonly cookie: string;
  readonly timeoutMs: number;
  /** Called after each reconnect with the milliseconds since the connection was lost. */
  readonly onReconnect?: (ms: number) => void;
}

interface Message {
  readonly seq: number;
  readonly clientMessageId: string;
}

interface Acknowledgement {
  readonly ok: boolean;
  readonly seq?: number;
  readonly code?: string;
  readonly conversations?: Readonly<
    Record<string, { readonly ok: boolean; readonly messages?: readonly Message[]; readonly more?: boolean }>
  >;
}

const RETRY_MS = 250;
const POLL_MS = 5;

/** A WebSocket client of one conversation. It reconnects, catches up by sequence number, and repeats what was not acknowledged. */
export class Client {
  /** Sequence numbers of the messages that it has, by client message id. */
  readonly messages = new Map<string, number>();
  reconnects = 0;
  private socket: RawSocket | undefined;
  /** Ends what waits for an answer when the connection is lost. */
  private lost = new AbortController();
  private lastSeq = 0;
  private stopped = false;
  private isHeld = false;

  private constructor(private readonly options: ClientOptions) {}

  /** @throws Error with the reason when the connection cannot be opened */
  static async connect(options: ClientOptions): Promise<Client> {
    const client = new Client(options);
    await client.open();
    return client;
  }

  get isOnline(): boolean {
    return this.socket !== undefined;
  }

  /** Writes a message, again with the same id after a lost connection. @returns its id and the milliseconds until it was acknowledged */
  async write(body: string): Promise<{ readonly clientMessageId: string; readonly ms: number }> {
    const { conversationId } = this.options.visitor;
    const clientMessageId = randomUUID();
    const started = performance.now();
    for (;;) {
      const answer = await this.request("message:send", { conversationId, clientMessageId, body }).catch(
        () => undefined,
      );
      if (answer?.ok) return { clientMessageId, ms: performance.now() - started };
      const isOver = performance.now() - started > this.options.timeoutMs;
      if (isOver)
        throw new Error(
          answer === undefined ? "a message was not acknowledged in time" : `a message was refused with ${answer.code}`,
        );
      await delay(RETRY_MS);
    }
  }

  /** Returns whether a message has arrived, waiting for it if necessary. */
  hears(clientMessageId: string, withinMs: number): Promise<boolean> {
    return until(() => this.messages.has(clientMessageId), withinMs);
  }

  /** Cuts the connection without a close frame, as a lost network does. The client stays offline until `resume`. */
  cut(): void {
    this.isHeld = true;
    this.socket?.close();
  }

  /** Reconnects after `cut`. @returns whether it was online again in time */
  async resume(withinMs: number): Promise<boolean> {
    await until(() => !this.isOnline, withinMs);
    this.isHeld = false;
    void this.reconnect(performance.now());
    return until(() => this.isOnline, withinMs);
  }

  stop(): void {
    this.stopped = true;
    this.socket?.close();
  }

  private async open(): Promise<void> {
    const { http, visitor, cookie } = this.options;
    const ticket = await fetchTicket(http, visitor);
    const own: { socket?: RawSocket } = {};
    const socket = await RawSocket.connect({
      server: http.url,
      auth: { ticket },
      headers: { origin: http.origin, "user-agent": USER_AGENT, cookie: joinCookies(cookie) },
      onEvent: (name, payload) => name === "message" && this.receive(payload as Message),
      onClose: () => this.closed(own.socket),
    });
    own.socket = socket;
    await this.catchUp(socket);
    this.lost = new AbortController();
    this.socket = socket;
  }

  private async catchUp(socket: RawSocket): Promise<void> {
    const { conversationId } = this.options.visitor;
    for (;;) {
      const answer = await inTime(
        socket.request("sync", { conversations: { [conversationId]: this.lastSeq } }),
        this.options.timeoutMs,
      );
      const delta = (answer as Acknowledgement).conversations?.[conversationId];
      if (!delta?.ok) throw new Error("the conversation cannot be read");
      for (const message of delta.messages ?? []) {
        this.receive(message);
        this.lastSeq = Math.max(this.lastSeq, message.seq);
      }
      if (!delta.more) return;
    }
  }

  private receive({ clientMessageId, seq }: Message): void {
    this.messages.set(clientMessageId, seq);
  }

  private closed(socket: RawSocket | undefined): void {
    if (socket === undefined || this.socket !== socket) return;
    this.socket = undefined;
    this.lost.abort();
    if (!this.stopped && !this.isHeld) void this.reconnect(performance.now());
  }

  private async reconnect(lostAtMs: number): Promise<void> {
    while (!this.stopped) {
      try {
        await this.open();
        this.reconnects++;
        this.options.onReconnect?.(performance.now() - lostAtMs);
        return;
      } catch {
        await delay(RETRY_MS);
      }
    }
  }

  private async request(event: string, payload: object): Promise<Acknowledgement> {
    if (this.socket === undefined) throw new Error("not connected");
    return (await inTime(
      this.socket.request(event, payload),
      this.options.timeoutMs,
      this.lost.signal,
    )) as Acknowledgement;
  }
}

async function until(condition: () => boolean, withinMs: number): Promise<boolean> {
  const endsAt = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > endsAt) return false;
    await delay(POLL_MS);
  }
  return true;
}

/** @throws Error when the promise does not settle in time, or the signal comes first */
export async function inTime<T>(promise: Promise<T>, ms: number, lost?: AbortSignal): Promise<T> {
  const done = new AbortController();
  const signal = lost === undefined ? done.signal : AbortSignal.any([done.signal, lost]);
  try {
    const late = delay(ms, undefined, { signal }).then(() => {
      throw new Error(`no answer within ${ms / 1000} s`);
    });
    return await Promise.race([promise, late]);
  } finally {
    done.abort();
  }
}
