import { type ErrorCode } from "../protocol";

/** A message that the server has not acknowledged yet. */
export interface OutboxItem {
  /** Place in the queue, over all tabs. */
  readonly order: number;
  readonly clientMessageId: string;
  readonly conversationId: string;
  readonly body: string;
  /** ISO 8601, by this machine's clock: for showing only. */
  readonly writtenAt: string;
  /** Why the server refused it for good; it stays until the person retries or discards it. */
  readonly failure?: OutboxFailure;
}

export interface OutboxFailure {
  readonly code: ErrorCode;
  readonly message: string;
}

export type NewOutboxItem = Omit<OutboxItem, "order" | "failure">;

/** Where unacknowledged messages are kept, for one person; shared by all tabs of a browser. */
export interface OutboxStore {
  /** Resolves when the message would survive a reload. */
  add(item: NewOutboxItem): Promise<OutboxItem>;
  /** In the order of adding. */
  all(): Promise<readonly OutboxItem[]>;
  /** The oldest of a conversation that may be sent. */
  next(conversationId: string): Promise<OutboxItem | undefined>;
  /** Marks as refused for good, or as to be sent again. Does nothing when it is gone. */
  setFailure(clientMessageId: string, failure: OutboxFailure | undefined): Promise<void>;
  remove(clientMessageId: string): Promise<void>;
  /** Calls when another tab changed something; returns how to stop. */
  onChange(listener: () => void): () => void;
  close(): void;
}
