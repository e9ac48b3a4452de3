import { type ConversationDetails, type Conversations } from "./ports/conversations";
import { type Notifier } from "./ports/notifier";
import { type AgentPrincipal } from "./principal";

/** Adds a user to a conversation. `undefined` when it is not the agent's or there is no such active user. */
export async function addMember(
  { conversations, notifier }: { readonly conversations: Conversations; readonly notifier: Notifier },
  agent: AgentPrincipal,
  conversationId: string,
  userId: string,
): Promise<ConversationDetails | undefined> {
  if (!(await conversations.addMember(agent, conversationId, userId))) return undefined;
  const details = await conversations.find(agent, conversationId);
  if (details !== undefined) notifier.inboxChangedForAll(conversationId);
  return details;
}
