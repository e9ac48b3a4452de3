import {
  type NewOutboxItem,
  type OutboxFailure,
  type OutboxItem,
  type OutboxStore,
} from "../../../app/client/outbox-store";
import { type Journal } from "./journal";

/**
 * An outbox that outlives its client, as IndexedDB outlives a page, and records messages in the journal: added means written, taken as
 * next means about to be sent, removed means acknowledged.
 */
export class RecordedStore implements OutboxStore {
  constructor(
    private readonly inner: OutboxStore,
    private readonly journal: Journal,
    private readonly writer: string,
  ) {}

  add(item: NewOutboxItem): Promise<OutboxItem> {
    this.journal.attempted(item.clientMessageId, item.conversationId, this.writer);
    return this.inner.add(item);
  }

  all(): Promise<readonly OutboxItem[]> {
    return this.inner.all();
  }

  async next(conversationId: string): Promise<OutboxItem | undefined> {
    const item = await this.inner.next(conversationId);
    if (item) this.journal.tried(item.clientMessageId);
    return item;
  }

  setFailure(clientMessageId: string, failure: OutboxFailure | undefined): Promise<void> {
    return this.inner.setFailure(clientMessageId, failure);
  }

  remove(clientMessageId: string): Promise<void> {
    this.journal.acknowledged(clientMessageId);
    return this.inner.remove(clientMessageId);
  }

  onChange(listener: () => void): () => void {
    return this.inner.onChange(listener);
  }

  /** Does nothing: the next page load finds unacknowledged messages. */
  close(): void {}
}
