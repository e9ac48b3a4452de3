import { type ErrorCode } from "../protocol";

/** A message that the server has not acknowledged, or that a restore of its database has taken from it since. */
export interface OutboxItem {
  /** Position in the order of writing, across all tabs. */
  readonly order: number;
  readonly clientMessageId: string;
  readonly conversationId: string;
  readonly body: string;
  /** ISO 8601, by this machine's clock; for display only. */
  readonly writtenAt: string;
  /** Why the server refused it for good. It stays until the person retries or discards it. */
  readonly failure?: OutboxFailure;
}

export interface OutboxFailure {
  readonly code: ErrorCode;
  readonly message: string;
}

export type NewOutboxItem = Omit<OutboxItem, "order" | "failure">;

/** Stores one person's unacknowledged messages, shared by all tabs of the browser. */
export interface OutboxStore {
  /** Resolves once the message would survive a reload. */
  add(item: NewOutboxItem): Promise<OutboxItem>;
  /** In the order of adding. */
  all(): Promise<readonly OutboxItem[]>;
  /** Returns the oldest message of a conversation that was not refused. */
  next(conversationId: string): Promise<OutboxItem | undefined>;
  /** Marks a message as refused for good, or with `undefined` as to be sent again. Does nothing when it was removed. */
  setFailure(clientMessageId: string, failure: OutboxFailure | undefined): Promise<void>;
  remove(clientMessageId: string): Promise<void>;
  /** Calls the listener when another tab has changed the store. Returns a function that removes it. */
  onChange(listener: () => void): () => void;
  close(): void;
}
