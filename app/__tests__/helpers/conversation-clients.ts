import { randomUUID } from "node:crypto";
import { type Socket } from "socket.io-client";
import { type Message } from "../../protocol";
import { type AgentPrincipal } from "../../server/domain/principal";
import { type MemoryIdentity } from "./memory-identity";
import { ask, connect } from "./task";

interface Server {
  readonly url: string;
  readonly identity: MemoryIdentity;
}

/** Reads one conversation as the app's client does: from live events, and from the log after each `resync`. */
export class ConversationReader {
  readonly seen = new Map<number, Message>();
  /** Number of `resync` events. */
  resyncs = 0;

  private constructor(
    readonly socket: Socket,
    private readonly conversationId: string,
  ) {
    socket.on("message", (message: Message) => this.#take([message]));
    socket.on("resync", () => {
      this.resyncs += 1;
      void this.sync().catch(() => undefined);
    });
  }

  static async start(server: Server, who: AgentPrincipal, conversationId: string): Promise<ConversationReader> {
    const reader = new ConversationReader(await connect(server, who), conversationId);
    await reader.sync();
    return reader;
  }

  async sync(): Promise<void> {
    const answer = (await ask(this.socket, "sync", {
      conversations: { [this.conversationId]: this.#contiguous() },
    })) as {
      conversations?: Record<string, { messages?: Message[]; more?: boolean }>;
    };
    const delta = answer.conversations?.[this.conversationId];
    this.#take(delta?.messages ?? []);
    if (delta?.more) await this.sync();
  }

  has(seqs: Iterable<number>): boolean {
    return [...seqs].every((seq) => this.seen.has(seq));
  }

  #take(messages: readonly Message[]): void {
    for (const message of messages) this.seen.set(message.seq, message);
  }

  #contiguous(): number {
    let seq = 0;
    while (this.seen.has(seq + 1)) seq += 1;
    return seq;
  }
}

/** Sends about ten messages a second, one after the other, and records which were acknowledged. */
export class ConversationSender {
  readonly acknowledged: number[] = [];
  readonly refused: string[] = [];
  #sending = true;
  readonly #done: Promise<void>;

  private constructor(
    private readonly socket: Socket,
    private readonly conversationId: string,
  ) {
    this.#done = this.#run();
  }

  static async start(server: Server, who: AgentPrincipal, conversationId: string): Promise<ConversationSender> {
    return new ConversationSender(await connect(server, who), conversationId);
  }

  async stop(): Promise<void> {
    this.#sending = false;
    await this.#done;
  }

  async #run(): Promise<void> {
    while (this.#sending) {
      const message = { conversationId: this.conversationId, clientMessageId: randomUUID(), body: "hello" };
      const answer = await ask(this.socket, "message:send", message).catch(() => ({ ok: false, code: "LOST" }));
      if (answer.ok) this.acknowledged.push((answer as { seq: number }).seq);
      else this.refused.push(String((answer as { code: unknown }).code));
      await new Promise((resolve) => setTimeout(resolve, 105));
    }
  }
}
