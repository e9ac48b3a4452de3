import {
  type Acknowledgement,
  type ClientPayload,
  MAX_SYNCED_CONVERSATIONS,
  type Message,
  type SyncDelta,
} from "../protocol";
import { type ConversationLog } from "./conversation-log";
import { type ClientEnvironment } from "./environment";
import { backoffMs, type Timings } from "./timings";

export interface SyncerOptions {
  readonly logs: ReadonlyMap<string, ConversationLog>;
  readonly online: () => boolean;
  readonly request: (payload: ClientPayload<"sync">) => Promise<Acknowledgement<"sync">>;
  readonly onMessage: (message: Message) => void;
  /** The server had these messages, and after a restore of its database no longer has them. */
  readonly onVanished: (messages: readonly Message[]) => void;
  /** The conversation does not exist, or this person may not see it. */
  readonly onGone: (conversationId: string) => void;
  readonly onProgress: () => void;
  readonly environment: ClientEnvironment;
  readonly timings: Timings;
}

/** Fetches missing messages and joins the conversations' rooms by the same request. Only one request is under way at a time. */
export class Syncer {
  readonly #options: SyncerOptions;
  readonly #wanted = new Set<string>();
  /** Conversations whose newest message is read again, to see whether the server still has it. */
  readonly #unverified = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #running = false;
  #attempt = 0;

  constructor(options: SyncerOptions) {
    this.#options = options;
  }

  /** Syncs these conversations now, or after the request that is under way. */
  sync(conversationIds: Iterable<string>): void {
    for (const id of conversationIds) this.#wanted.add(id);
    void this.#run();
  }

  /** Syncs all conversations after a connect. Meanwhile the database may have been restored to an earlier time, and have gone on from there. */
  syncAfterConnect(): void {
    for (const id of this.#options.logs.keys()) this.#unverified.add(id);
    this.sync(this.#options.logs.keys());
  }

  /** Syncs all conversations after a random delay of up to `ms`, because the same hint reaches every client at once. */
  syncAllWithin(ms: number): void {
    this.#later(this.#options.environment.random() * ms, () => this.sync(this.#options.logs.keys()));
  }

  /** Syncs a conversation after `gapMs`, unless its gap has been filled by then. */
  syncIfBehind(conversationId: string): void {
    this.#later(this.#options.timings.gapMs, () => {
      const log = this.#options.logs.get(conversationId);
      if (log !== undefined && log.to < log.head) this.sync([conversationId]);
    });
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#wanted.clear();
    this.#unverified.clear();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    while (this.#wanted.size > 0 && this.#options.online()) {
      const ids = [...this.#wanted].slice(0, MAX_SYNCED_CONVERSATIONS);
      for (const id of ids) this.#wanted.delete(id);
      if (!(await this.#ask(ids))) break;
    }
    this.#running = false;
  }

  /** Returns false when the next request has to wait. */
  async #ask(ids: readonly string[]): Promise<boolean> {
    const { logs, request, environment, timings } = this.#options;
    const conversations: Record<string, number> = {};
    const known = new Map<string, number>();
    for (const id of ids) {
      const log = logs.get(id);
      if (log === undefined) continue;
      known.set(id, log.to);
      conversations[id] = this.#unverified.has(id) && log.to > log.from ? log.to - 1 : log.to;
    }
    if (Object.keys(conversations).length === 0) return true;
    const answer = await request({ conversations });
    if (!answer.ok) {
      // After a reconnect everything is synced anyway.
      if (answer.retryable) {
        const delay = backoffMs(this.#attempt++, timings.backoff, environment.random);
        this.#later(Math.max(delay, answer.retryAfterMs ?? 0), () => this.sync(ids));
      }
      return false;
    }
    this.#attempt = 0;
    for (const [id, delta] of Object.entries(answer.conversations)) this.#take(id, delta, known.get(id)!);
    this.#options.onProgress();
    return true;
  }

  #take(id: string, delta: SyncDelta, known: number): void {
    const log = this.#options.logs.get(id);
    if (log === undefined) return;
    if (!delta.ok) {
      if (delta.retryable) this.#later(this.#options.timings.backoff.baseMs, () => this.sync([id]));
      else this.#options.onGone(id);
      return;
    }
    const isVerifying = this.#unverified.delete(id);
    if (delta.headSeq < known || delta.messages.some((message) => log.contradicts(message))) {
      // The database was restored to an earlier time: what came after it is gone.
      log.restart(delta.headSeq);
      this.#wanted.add(id);
      return;
    }
    const before = log.to;
    for (const message of delta.messages) {
      for (const appended of log.insert(message)) this.#options.onMessage(appended);
    }
    log.noteHead(delta.headSeq);
    this.#options.onVanished(log.takeVanished());
    if (delta.status !== undefined) log.noteStatus(delta.status, delta.headSeq);
    // Without progress, a server that keeps answering "more" would be asked forever.
    if (delta.more && (log.to > before || isVerifying)) this.#wanted.add(id);
  }

  #later(ms: number, task: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      task();
    }, ms);
    this.#timers.add(timer);
  }
}
