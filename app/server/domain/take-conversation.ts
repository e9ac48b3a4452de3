import { type ConversationDetails, type Conversations } from "./ports/conversations";
import { type Notifier } from "./ports/notifier";
import { type AgentPrincipal } from "./principal";

/** Takes a conversation out of the queue for the agent. `undefined` when it is not in the queue (any more). */
export async function takeConversation(
  { conversations, notifier }: { readonly conversations: Conversations; readonly notifier: Notifier },
  agent: AgentPrincipal,
  conversationId: string,
): Promise<ConversationDetails | undefined> {
  if (!(await conversations.take(agent, conversationId))) return undefined;
  notifier.inboxChangedForAll(conversationId);
  return conversations.find(agent, conversationId);
}
