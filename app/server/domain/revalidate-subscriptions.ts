import { type MessageLog } from "./ports/message-log";
import { type Subscriptions } from "./ports/subscriptions";
import { type Principal } from "./principal";

/** Ends a connection's subscriptions to conversations that the principal may no longer read. */
export async function revalidateSubscriptions(
  { messages }: { readonly messages: MessageLog },
  principal: Principal,
  subscriptions: Subscriptions,
): Promise<void> {
  const conversationIds = subscriptions.list();
  if (conversationIds.length === 0) return;
  const readable = await messages.readable(principal, conversationIds);
  for (const id of conversationIds) {
    if (!readable.has(id)) await subscriptions.remove(id);
  }
}
