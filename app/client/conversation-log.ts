import { type ConversationStatus, type Message } from "../protocol";

/** Most messages kept beyond a gap; what is dropped arrives again with the next sync. */
const MAX_AHEAD = 500;

/**
 * Holds the messages of one conversation without a gap, ordered by the server's seq, from some point to the newest contiguous one. A
 * message that arrives twice is stored once.
 */
export class ConversationLog {
  #messages: readonly Message[] = [];
  readonly #added: Message[] = [];
  readonly #ahead = new Map<number, Message>();
  readonly #clientIds = new Set<string>();
  /** Ids that `insert` returned before a restart. */
  readonly #returned = new Set<string>();
  /** Messages that a restart has dropped and that have not arrived again, by id. */
  readonly #dropped = new Map<string, Message>();
  #from: number;
  #to: number;
  #head: number;
  #status: ConversationStatus | undefined;
  /** `seq` of the newest message at the time of the last known status. */
  #statusSeq = 0;

  /** Starts after `afterSeq`; 0 holds the whole conversation. */
  constructor(afterSeq: number) {
    this.#from = afterSeq;
    this.#to = afterSeq;
    this.#head = afterSeq;
  }

  /** Messages up to and including this seq are not loaded. */
  get from(): number {
    return this.#from;
  }

  /** Messages after `from`, up to and including this seq, are loaded. */
  get to(): number {
    return this.#to;
  }

  /** Newest seq that the server has reported, loaded or not. */
  get head(): number {
    return this.#head;
  }

  /** Whether the conversation is open or closed; `undefined` until the server has said it. */
  get status(): ConversationStatus | undefined {
    return this.#status;
  }

  /** In order of seq. Returns the same array until something changes. */
  get messages(): readonly Message[] {
    // Appended only when read: a load generator receives thousands of messages and reads once.
    if (this.#added.length > 0) this.#messages = [...this.#messages, ...this.#added.splice(0)];
    return this.#messages;
  }

  has(clientMessageId: string): boolean {
    return this.#clientIds.has(clientMessageId);
  }

  noteHead(seq: number): void {
    this.#head = Math.max(this.#head, seq);
  }

  /** Records the status that the conversation had after its message `seq`; ignores it when a later one is known. */
  noteStatus(status: ConversationStatus, seq: number): void {
    if (seq < this.#statusSeq) return;
    this.#status = status;
    this.#statusSeq = seq;
  }

  /**
   * Whether the server has another message where this log has one: its database was restored to a time before that message, and has gone on
   * from there.
   */
  contradicts({ seq, clientMessageId }: Message): boolean {
    return seq > this.#from && seq <= this.#to && !this.#clientIds.has(clientMessageId);
  }

  /** Drops every message, to be read again from a log whose newest message is `headSeq`. */
  restart(headSeq: number): void {
    for (const message of this.messages) this.#dropped.set(message.clientMessageId, message);
    this.#from = Math.min(this.#from, headSeq);
    this.#to = this.#from;
    this.#head = headSeq;
    this.#statusSeq = 0;
    this.#messages = [];
    this.#added.length = 0;
    this.#ahead.clear();
    for (const id of this.#clientIds) this.#returned.add(id);
    this.#clientIds.clear();
  }

  /** Returns the messages that are new: none for a duplicate, several when a gap is filled. */
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
      this.#dropped.delete(next.clientMessageId);
      // As the server does it.
      if (next.senderKind === "visitor" && next.seq > this.#statusSeq) this.noteStatus("open", next.seq);
      if (!this.#returned.has(next.clientMessageId)) appended.push(next);
    }
    return appended;
  }

  /**
   * Returns what a restart has dropped and the server no longer has, in order of seq: nothing until everything up to the newest message has
   * been read again, and each message once.
   */
  takeVanished(): readonly Message[] {
    if (this.#to < this.#head) return [];
    const vanished = [...this.#dropped.values()];
    this.#dropped.clear();
    return vanished;
  }

  /** Adds older messages in front. Ignores those that are not contiguous with the oldest one. */
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
