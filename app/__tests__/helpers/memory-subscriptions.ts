import { type OtherSubscribers } from "../../server/domain/ports/other-subscribers";
import { type Subscriptions } from "../../server/domain/ports/subscriptions";

/** The subscriptions of one connection, in memory; records what the others receive. */
export class MemorySubscriptions implements Subscriptions, OtherSubscribers {
  readonly conversationIds = new Set<string>();
  readonly sent: { readonly event: "typing" | "read"; readonly notice: unknown }[] = [];

  has(conversationId: string): boolean {
    return this.conversationIds.has(conversationId);
  }

  list(): readonly string[] {
    return [...this.conversationIds];
  }

  add(conversationIds: readonly string[]): void {
    for (const id of conversationIds) this.conversationIds.add(id);
  }

  remove(conversationId: string): void {
    this.conversationIds.delete(conversationId);
  }

  showTyping(notice: unknown): void {
    this.sent.push({ event: "typing", notice });
  }

  showRead(notice: unknown): void {
    this.sent.push({ event: "read", notice });
  }
}
