import { type Message } from "../protocol";

/** Messages that came before their predecessors and are kept; more come again with the next sync. */
const MAX_AHEAD = 500;

/**
 * One conversation as this client has it: messages without a gap from some point to the newest that it has seen. The order is the
 * server's seq and nothing else; what arrives twice is there once.
 */
export class ConversationLog {
  #messages: readonly Message[] = [];
  readonly #added: Message[] = [];
  readonly #ahead = new Map<number, Message>();
  readonly #clientIds = new Set<string>();
  #from: number;
  #to: number;
  #head: number;

  /** Starts behind `afterSeq`; 0 takes everything. */
  constructor(afterSeq: number) {
    this.#from = afterSeq;
    this.#to = afterSeq;
    this.#head = afterSeq;
  }

  /** Everything up to and including this seq is not here. */
  get from(): number {
    return this.#from;
  }

  /** Everything behind `from` up to and including this seq is here. */
  get to(): number {
    return this.#to;
  }

  /** Newest seq that is known of, here or not. */
  get head(): number {
    return this.#head;
  }

  /** In order of seq. The same array as long as nothing changes. */
  get messages(): readonly Message[] {
    // Appended in one go when somebody looks: a load generator receives thousands and looks once.
    if (this.#added.length > 0) this.#messages = [...this.#messages, ...this.#added.splice(0)];
    return this.#messages;
  }

  has(clientMessageId: string): boolean {
    return this.#clientIds.has(clientMessageId);
  }

  noteHead(seq: number): void {
    this.#head = Math.max(this.#head, seq);
  }

  /** Returns those that the log became longer by: none for what was here, several when a gap is closed. */
  insert(message: Message): readonly Message[] {
    this.noteHead(message.seq);
    if (message.seq <= this.#to) return [];
    if (message.seq > this.#to + 1) {
      if (this.#ahead.size < MAX_AHEAD) this.#ahead.set(message.seq, message);
      return [];
    }
    const appended: Message[] = [];
    for (let next: Message | undefined = message; next !== undefined; next = this.#ahead.get(this.#to + 1)) {
      this.#ahead.delete(next.seq);
      this.#to = next.seq;
      this.#added.push(next);
      this.#clientIds.add(next.clientMessageId);
      appended.push(next);
    }
    return appended;
  }

  /** Puts older messages in front; those that do not end right before the oldest are left out. */
  prepend(older: readonly Message[]): void {
    const fitting: Message[] = [];
    for (const message of [...older].sort((a, b) => b.seq - a.seq)) {
      if (message.seq !== this.#from) continue;
      fitting.unshift(message);
      this.#clientIds.add(message.clientMessageId);
      this.#from = message.seq - 1;
    }
    if (fitting.length > 0) this.#messages = [...fitting, ...this.messages];
  }
}
