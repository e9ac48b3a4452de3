import { type Conversations, type InboxEntries } from "./ports/conversations";
import { type AgentPrincipal } from "./principal";

/** Finds conversations in the agent's lists, wherever they are in them, and counts the whole queue and the unread messages. */
export async function findInboxEntries(
  { conversations }: { readonly conversations: Conversations },
  agent: AgentPrincipal,
  conversationIds: readonly string[],
): Promise<InboxEntries & { readonly waiting: number; readonly unread: number }> {
  const [entries, waiting, unread] = await Promise.all([
    conversations.findEntries(agent, conversationIds),
    conversations.countQueue(),
    conversations.countUnread(agent),
  ]);
  return { ...entries, waiting, unread };
}
