import { type Acknowledgement, type ClientPayload, type ClientResults } from "../protocol";
import { type ClientEnvironment } from "./environment";
import { type OutboxItem, type OutboxStore } from "./outbox-store";
import { backoffMs, type Timings } from "./timings";

export interface OutboxOptions {
  readonly store: OutboxStore;
  /** Distinguishes this person's queues from those of others in the same browser. */
  readonly owner: string;
  readonly online: () => boolean;
  readonly send: (message: ClientPayload<"message:send">) => Promise<Acknowledgement<"message:send">>;
  readonly onSent: (item: OutboxItem, result: ClientResults["message:send"]) => void;
  readonly onChange: () => void;
  readonly environment: ClientEnvironment;
  readonly timings: Timings;
}

/**
 * Sends what is in the store until it is acknowledged: without limit, with backoff, one message of a conversation at a time, so that
 * they arrive in the order in which they were written. Only a final refusal takes one out of the way, and then it is shown.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  /** What the store holds, as far as this tab knows: for showing. */
  #items: readonly OutboxItem[] = [];
  readonly #draining = new Set<string>();
  /** Conversations that got something new while they were being sent. */
  readonly #again = new Set<string>();
  readonly #waiting = new Set<() => void>();
  /** Of those, the ones that wait by a guess of ours, and not because the service said how long. */
  readonly #guessing = new Set<() => void>();
  #stopListening: (() => void) | undefined;
  #stopped = true;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  get items(): readonly OutboxItem[] {
    return this.#items;
  }

  /** Reads what an earlier visit left behind. */
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

  /** Resolves when the message would survive a reload; rejects when it could not be kept, and then it is not sent either. */
  async add(conversationId: string, body: string): Promise<OutboxItem> {
    const { environment, store } = this.#options;
    const item = await store.add({
      clientMessageId: environment.uuid(),
      conversationId,
      body,
      writtenAt: new Date(environment.now()).toISOString(),
    });
    // A change in another tab may have brought it into the list already.
    this.#show([...this.#items.filter(({ order }) => order !== item.order), item]);
    this.#drain(conversationId);
    return item;
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

  /** To be called whenever a connection was made. */
  flush(): void {
    this.#wakeAll();
    this.#drainAll();
  }

  /** To be called when something shows that the service takes messages again: nobody then waits for the rest of a long backoff. */
  nudge(): void {
    for (const wake of [...this.#guessing]) wake();
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
      // The store failed: the message is still in it, or in no one's hands that could do better than try again.
      .catch(() => this.#sleep(this.#options.timings.backoff.maxMs).then(() => this.#again.add(conversationId)))
      .then(() => {
        this.#draining.delete(conversationId);
        if (this.#again.delete(conversationId)) this.#drain(conversationId);
      });
  }

  async #sendAll(conversationId: string): Promise<void> {
    const { store, timings, environment } = this.#options;
    for (let attempt = 0; !this.#stopped && this.#options.online();) {
      // Read anew each time: another tab may have sent it in the meantime.
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
        // Not the message's fault: it waits for the next sign-in.
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
   * What the service said, in full; or what we guess. A nudge ends a guess, but never before the shortest one is over: a message that
   * is refused for itself would be sent with every other one that is not.
   */
  async #pause(delay: number, toldMs: number | undefined): Promise<void> {
    if (toldMs !== undefined) {
      await this.#sleep(Math.max(toldMs, delay));
      return;
    }
    const least = Math.min(delay, this.#options.timings.backoff.baseMs);
    let nudged = false;
    const hear = (): void => void (nudged = true);
    this.#guessing.add(hear);
    const woken = await this.#sleep(least);
    this.#guessing.delete(hear);
    if (!woken && !nudged && delay > least) await this.#sleep(delay - least, this.#guessing);
  }

  /** Ends early when a connection was made, or when those who also wait in `among` are woken; resolves with whether it did. */
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
