import { notifyMembers } from "./notify-members";
import { type ConversationDetails, type Conversations } from "./ports/conversations";
import { type Notifier } from "./ports/notifier";
import { type AgentPrincipal } from "./principal";

export type RemoveMemberResult =
  | { readonly kind: "not-found" }
  /** `details` are `undefined` when the agent may no longer read the conversation, after leaving it. */
  | { readonly kind: "removed"; readonly details: ConversationDetails | undefined };

/** Removes a user from a conversation; without its last member it returns to the queue. */
export async function removeMember(
  { conversations, notifier }: { readonly conversations: Conversations; readonly notifier: Notifier },
  agent: AgentPrincipal,
  conversationId: string,
  userId: string,
): Promise<RemoveMemberResult> {
  const remaining = await conversations.removeMember(agent, conversationId, userId);
  if (remaining === undefined) return { kind: "not-found" };
  notifier.removeFromConversation(userId, conversationId);
  notifyMembers(notifier, conversationId, remaining);
  return { kind: "removed", details: await conversations.find(agent, conversationId) };
}
