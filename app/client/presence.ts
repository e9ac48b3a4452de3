import { type Acknowledgement, type ClientPayload, type ServerEvents } from "../protocol";
import { type ClientEnvironment } from "./environment";
import { type Timings } from "./timings";

export interface PresenceOptions {
  readonly ownId: string;
  readonly online: () => boolean;
  readonly request: <E extends "typing" | "read">(event: E, payload: ClientPayload<E>) => Promise<Acknowledgement<E>>;
  readonly onChange: () => void;
  readonly environment: ClientEnvironment;
  readonly timings: Timings;
}

type Typing = Parameters<ServerEvents["typing"]>[0];

/** Sends and shows what needs no storage on the client: who is typing, and what was read. */
export class Presence {
  readonly #options: PresenceOptions;
  /** When this person's typing was last sent, by conversation. */
  readonly #told = new Map<string, number>();
  readonly #shown = new Map<string, Map<string, { readonly name: string; readonly timer: NodeJS.Timeout }>>();
  /** Highest seq that this person has read, and the highest that the server has acknowledged, by conversation. */
  readonly #read = new Map<string, { seq: number; known: number }>();

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  typing(conversationId: string): void {
    const { environment, timings, online, request } = this.#options;
    const now = environment.now();
    if (!online() || now - (this.#told.get(conversationId) ?? -Infinity) < timings.typingMs) return;
    this.#told.set(conversationId, now);
    void request("typing", { conversationId });
  }

  showTyping({ conversationId, userId, name }: Typing): void {
    if (userId === this.#options.ownId) return;
    const people = this.#shown.get(conversationId) ?? new Map<string, { name: string; timer: NodeJS.Timeout }>();
    this.#shown.set(conversationId, people);
    clearTimeout(people.get(userId)?.timer);
    const timer = setTimeout(() => this.hideTyping(conversationId, userId), this.#options.timings.typingShownMs);
    people.set(userId, { name, timer });
    this.#options.onChange();
  }

  hideTyping(conversationId: string, userId: string): void {
    const people = this.#shown.get(conversationId);
    const shown = people?.get(userId);
    if (shown === undefined) return;
    clearTimeout(shown.timer);
    people?.delete(userId);
    this.#options.onChange();
  }

  typingIn(conversationId: string): readonly string[] {
    return Array.from(this.#shown.get(conversationId)?.values() ?? [], ({ name }) => name);
  }

  markRead(conversationId: string, seq: number): void {
    const read = this.#read.get(conversationId) ?? { seq: 0, known: 0 };
    this.#read.set(conversationId, read);
    if (seq <= read.seq) return;
    read.seq = seq;
    void this.#tellRead(conversationId, read);
  }

  /** Sends again what was not acknowledged. Call it after every connect. */
  flush(): void {
    for (const [conversationId, read] of this.#read) void this.#tellRead(conversationId, read);
  }

  forget(conversationId: string): void {
    for (const { timer } of this.#shown.get(conversationId)?.values() ?? []) clearTimeout(timer);
    this.#shown.delete(conversationId);
    this.#told.delete(conversationId);
    this.#read.delete(conversationId);
  }

  stop(): void {
    for (const conversationId of [...this.#shown.keys()]) this.forget(conversationId);
  }

  async #tellRead(conversationId: string, read: { seq: number; known: number }): Promise<void> {
    const { seq } = read;
    if (!this.#options.online() || seq <= read.known) return;
    const result = await this.#options.request("read", { conversationId, seq });
    if (result.ok) read.known = Math.max(read.known, seq);
  }
}
