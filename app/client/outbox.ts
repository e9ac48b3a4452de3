import { type Acknowledgement, type ClientPayload, type ClientResults, type Message } from "../protocol";
import { type ClientEnvironment } from "./environment";
import { type OutboxItem, type OutboxStore } from "./outbox-store";
import { backoffMs, type Timings } from "./timings";

export interface OutboxOptions {
  readonly store: OutboxStore;
  /** Id of the person; separates the locks of several people in one browser. */
  readonly owner: string;
  readonly online: () => boolean;
  readonly send: (message: ClientPayload<"message:send">) => Promise<Acknowledgement<"message:send">>;
  readonly onSent: (item: OutboxItem, result: ClientResults["message:send"]) => void;
  readonly onChange: () => void;
  readonly environment: ClientEnvironment;
  readonly timings: Timings;
}

/**
 * Sends the stored messages until each is acknowledged: without a limit of attempts, with backoff, and one message of a conversation at a
 * time, so that they arrive in the order of writing. Only a message that is refused for good is skipped, and it is shown as failed.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  /** Copy of the store as this tab last read it; for display. */
  #items: readonly OutboxItem[] = [];
  readonly #draining = new Set<string>();
  /** Conversations that received another message while they were being sent. */
  readonly #again = new Set<string>();
  readonly #waiting = new Set<() => void>();
  /** Those of `#waiting` whose delay is our own backoff and not one that the server asked for. */
  readonly #inBackoff = new Set<() => void>();
  #stopListening: (() => void) | undefined;
  #stopped = true;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get items(): readonly OutboxItem[] {
    return this.#items;
  }

  /** Loads what an earlier visit stored, and starts sending. */
  async start(): Promise<void> {
    this.#stopped = false;
    this.#stopListening = this.#options.store.onChange(() => void this.#reload());
    await this.#reload();
  }

  stop(): void {
    this.#stopped = true;
    this.#stopListening?.();
    this.#wakeAll();
  }

  /** Stores a message and sends it. Resolves once it would survive a reload; rejects when it cannot be stored, and does not send it then. */
  async add(conversationId: string, body: string): Promise<OutboxItem> {
    const { environment, store } = this.#options;
    const item = await store.add({
      clientMessageId: environment.uuid(),
      conversationId,
      body,
      writtenAt: new Date(environment.now()).toISOString(),
    });
    // A change in another tab may already have added it to the list.
    this.#show([...this.#items.filter(({ order }) => order !== item.order), item]);
    this.#drain(conversationId);
    return item;
  }

  /**
   * Stores and sends this person's messages among those that the server has acknowledged and lost since, under their own ids, so that it
   * stores each once. The clients of the others do the same with theirs. Leaves out what cannot be stored.
   */
  async addAgain(messages: readonly Message[]): Promise<void> {
    const own = messages.filter(({ senderId }) => senderId === this.#options.owner);
    if (own.length === 0) return;
    for (const { clientMessageId, conversationId, body, createdAt: writtenAt } of own) {
      // Refused where another tab has added it already.
      await this.#options.store.add({ clientMessageId, conversationId, body, writtenAt }).catch(() => undefined);
    }
    await this.#reload();
  }

  /** Sends a refused message again, under the same id. */
  async retry(clientMessageId: string): Promise<void> {
    await this.#options.store.setFailure(clientMessageId, undefined);
    await this.#reload();
  }

  async discard(clientMessageId: string): Promise<void> {
    await this.#options.store.remove(clientMessageId);
    await this.#reload();
  }

  /** Sends everything that is waiting. Call it after every connect. */
  flush(): void {
    this.#wakeAll();
    this.#drainAll();
  }

  /** Ends long backoffs early. Call it when something shows that the server accepts messages again. */
  nudge(): void {
    for (const wake of [...this.#inBackoff]) wake();
  }

  async #reload(): Promise<void> {
    this.#show(await this.#options.store.all());
    this.#drainAll();
  }

  #drainAll(): void {
    for (const conversationId of new Set(this.#items.map((item) => item.conversationId))) this.#drain(conversationId);
  }

  #show(items: readonly OutboxItem[]): void {
    this.#items = items;
    this.#options.onChange();
  }

  #drain(conversationId: string): void {
    if (this.#stopped || !this.#options.online()) return;
    if (this.#draining.has(conversationId)) {
      this.#again.add(conversationId);
      return;
    }
    this.#draining.add(conversationId);
    const { environment, owner } = this.#options;
    void environment
      .lock(`messenger-crm:outbox:${owner}:${conversationId}`, () => this.#sendAll(conversationId))
      // The store failed. Its messages may still be there, so try again later.
      .catch(() => this.#sleep(this.#options.timings.backoff.maxMs).then(() => this.#again.add(conversationId)))
      .then(() => {
        this.#draining.delete(conversationId);
        if (this.#again.delete(conversationId)) this.#drain(conversationId);
      });
  }

  async #sendAll(conversationId: string): Promise<void> {
    const { store, timings, environment } = this.#options;
    for (let attempt = 0; !this.#stopped && this.#options.online();) {
      // Read again each time, because another tab may have sent it in the meantime.
      const item = await store.next(conversationId);
      if (item === undefined) return;
      const { clientMessageId, body } = item;
      const result = await this.#options.send({ conversationId, clientMessageId, body });
      if (result.ok) {
        attempt = 0;
        await store.remove(clientMessageId);
        this.#options.onSent(item, result);
        this.#show(this.#items.filter((other) => other.clientMessageId !== clientMessageId));
        this.nudge();
      } else if (result.code === "UNAUTHENTICATED") {
        // The message is fine; it waits for the next sign-in.
        return;
      } else if (result.retryable) {
        const delay = backoffMs(attempt++, timings.backoff, environment.random);
        await this.#pause(delay, result.retryAfterMs);
      } else {
        attempt = 0;
        const failure = { code: result.code, message: result.message };
        await store.setFailure(clientMessageId, failure);
        this.#show(
          this.#items.map((other) => (other.clientMessageId === clientMessageId ? { ...other, failure } : other)),
        );
      }
    }
  }

  /**
   * Waits as long as the server asked for, or else for our own backoff. A nudge ends the backoff, but never before its base delay is over:
   * otherwise a message that is refused for a reason of its own would be sent again with every other message that is accepted.
   */
  async #pause(delay: number, toldMs: number | undefined): Promise<void> {
    if (toldMs !== undefined) {
      await this.#sleep(Math.max(toldMs, delay));
      return;
    }
    const least = Math.min(delay, this.#options.timings.backoff.baseMs);
    let nudged = false;
    const onNudge = (): void => void (nudged = true);
    this.#inBackoff.add(onNudge);
    const woken = await this.#sleep(least);
    this.#inBackoff.delete(onNudge);
    if (!woken && !nudged && delay > least) await this.#sleep(delay - least, this.#inBackoff);
  }

  /** Resolves after `ms` with false, or early with true: after a connect, or when the waiters in `among` are woken. */
  #sleep(ms: number, among?: Set<() => void>): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (early: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        among?.delete(wake);
        resolve(early);
      };
      const wake = (): void => end(true);
      const timer = setTimeout(() => end(false), ms);
      this.#waiting.add(wake);
      among?.add(wake);
    });
  }

  #wakeAll(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}
