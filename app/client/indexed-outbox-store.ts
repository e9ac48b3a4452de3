import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { type NewOutboxItem, type OutboxFailure, type OutboxItem, type OutboxStore } from "./outbox-store";

interface Schema extends DBSchema {
  outbox: {
    key: number;
    value: OutboxItem;
    indexes: { clientMessageId: string; conversationId: string };
  };
}

/** The part of `BroadcastChannel` that the store needs. */
export interface Channel {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: () => void): void;
  removeEventListener(type: "message", listener: () => void): void;
  close(): void;
}

/**
 * Stores the outbox in IndexedDB. Each person has a separate database, so that the next person who signs in on the same machine neither
 * sees nor sends it.
 */
export class IndexedOutboxStore implements OutboxStore {
  readonly #name: string;
  readonly #channel: Channel | undefined;
  #database: Promise<IDBPDatabase<Schema>> | undefined;

  constructor(userId: string, channel?: (name: string) => Channel) {
    this.#name = `messenger-crm:${userId}`;
    this.#channel = channel?.(`${this.#name}:outbox`);
  }

  async add(item: NewOutboxItem): Promise<OutboxItem> {
    const database = await this.#open();
    // The database generates the key, so that all tabs share one order.
    const transaction = database.transaction("outbox", "readwrite", { durability: "strict" });
    const order = await transaction.store.add(item as OutboxItem);
    await transaction.done;
    this.#changed();
    return { ...item, order };
  }

  async all(): Promise<readonly OutboxItem[]> {
    return (await this.#open()).getAll("outbox");
  }

  async next(conversationId: string): Promise<OutboxItem | undefined> {
    const items = await (await this.#open()).getAllFromIndex("outbox", "conversationId", conversationId);
    return items.find(({ failure }) => failure === undefined);
  }

  async setFailure(clientMessageId: string, failure: OutboxFailure | undefined): Promise<void> {
    const transaction = (await this.#open()).transaction("outbox", "readwrite");
    const item = await transaction.store.index("clientMessageId").get(clientMessageId);
    if (item !== undefined) await transaction.store.put({ ...item, failure });
    await transaction.done;
    this.#changed();
  }

  async remove(clientMessageId: string): Promise<void> {
    const transaction = (await this.#open()).transaction("outbox", "readwrite");
    const key = await transaction.store.index("clientMessageId").getKey(clientMessageId);
    if (key !== undefined) await transaction.store.delete(key);
    await transaction.done;
    this.#changed();
  }

  onChange(listener: () => void): () => void {
    this.#channel?.addEventListener("message", listener);
    return () => this.#channel?.removeEventListener("message", listener);
  }

  close(): void {
    this.#channel?.close();
    void this.#database?.then((database) => database.close());
    this.#database = undefined;
  }

  #changed(): void {
    this.#channel?.postMessage("changed");
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#database ??= openDB<Schema>(this.#name, 1, {
      upgrade: (database) => {
        const store = database.createObjectStore("outbox", { keyPath: "order", autoIncrement: true });
        store.createIndex("clientMessageId", "clientMessageId", { unique: true });
        store.createIndex("conversationId", "conversationId");
      },
      // The browser closes the database when storage is cleared; the next call opens it again.
      terminated: () => (this.#database = undefined),
    }).catch((error: unknown) => {
      this.#database = undefined;
      throw error;
    });
    return this.#database;
  }
}
