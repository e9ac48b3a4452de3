import { type ConversationStatus } from "../../protocol";
import { notifyMembers } from "./notify-members";
import { type ConversationDetails, type Conversations } from "./ports/conversations";
import { type Notifier } from "./ports/notifier";
import { type AgentPrincipal } from "./principal";

/** Sets a conversation's status and tells its subscribers and members. `undefined` when it is not the agent's. */
export async function changeStatus(
  { conversations, notifier }: { readonly conversations: Conversations; readonly notifier: Notifier },
  agent: AgentPrincipal,
  conversationId: string,
  status: ConversationStatus,
): Promise<ConversationDetails | undefined> {
  if (!(await conversations.setStatus(agent, conversationId, status))) return undefined;
  const details = await conversations.find(agent, conversationId);
  if (details === undefined) return undefined;
  const { lastSeq, status: current } = details.conversation;
  notifier.statusChanged(conversationId, current, lastSeq);
  const userIds = details.members.map(({ userId }) => userId);
  notifyMembers(notifier, conversationId, userIds);
  return details;
}
