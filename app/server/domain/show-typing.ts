import { type OtherSubscribers } from "./ports/other-subscribers";
import { type Subscriptions } from "./ports/subscriptions";
import { type Principal } from "./principal";

/**
 * Tells the conversation's other subscribers that somebody is typing. The subscription is the authorization: only `syncConversations`
 * adds it, and removing a member ends it.
 * @returns false when the connection is not subscribed
 */
export function showTyping(
  connection: Subscriptions & OtherSubscribers,
  { userId, name }: Principal,
  conversationId: string,
): boolean {
  if (!connection.has(conversationId)) return false;
  connection.showTyping({ conversationId, userId, name });
  return true;
}
