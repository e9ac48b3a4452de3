import { type Subscriptions } from "./ports/subscriptions";

/** Stops sending a conversation's events to the connection. */
export function unsubscribe(subscriptions: Subscriptions, conversationId: string): Promise<void> | void {
  return subscriptions.remove(conversationId);
}
