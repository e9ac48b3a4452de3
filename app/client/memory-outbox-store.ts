import { type NewOutboxItem, type OutboxFailure, type OutboxItem, type OutboxStore } from "./outbox-store";

/** Stores the outbox in memory, for load generators, tests and browsers without storage. It does not survive a reload. */
export class MemoryOutboxStore implements OutboxStore {
  readonly #items = new Map<string, OutboxItem>();
  #order = 0;

  add(item: NewOutboxItem): Promise<OutboxItem> {
    const stored = { ...item, order: ++this.#order };
    this.#items.set(item.clientMessageId, stored);
    return Promise.resolve(stored);
  }

  all(): Promise<readonly OutboxItem[]> {
    return Promise.resolve([...this.#items.values()]);
  }

  next(conversationId: string): Promise<OutboxItem | undefined> {
    for (const item of this.#items.values()) {
      if (item.conversationId === conversationId && item.failure === undefined) return Promise.resolve(item);
    }
    return Promise.resolve(undefined);
  }

  setFailure(clientMessageId: string, failure: OutboxFailure | undefined): Promise<void> {
    const item = this.#items.get(clientMessageId);
    if (item !== undefined) this.#items.set(clientMessageId, { ...item, failure });
    return Promise.resolve();
  }

  remove(clientMessageId: string): Promise<void> {
    this.#items.delete(clientMessageId);
    return Promise.resolve();
  }

  onChange(): () => void {
    return () => undefined;
  }

  close(): void {
    this.#items.clear();
  }
}
