import { type Conversations, type InboxEntries } from "./ports/conversations";
import { type AgentPrincipal } from "./principal";

/** Finds conversations in the agent's lists, wherever they are in them, and counts the whole queue. */
export async function findInboxEntries(
  { conversations }: { readonly conversations: Conversations },
  agent: AgentPrincipal,
  conversationIds: readonly string[],
): Promise<InboxEntries & { readonly waiting: number }> {
  const [entries, waiting] = await Promise.all([
    conversations.findEntries(agent, conversationIds),
    conversations.countQueue(),
  ]);
  return { ...entries, waiting };
}
