import { changeStatus } from "./change-status";
import { type ConversationDetails, type Conversations } from "./ports/conversations";
import { type Notifier } from "./ports/notifier";
import { type AgentPrincipal } from "./principal";

/** Closes a conversation and tells its members. `undefined` when it is not the agent's. */
export function closeConversation(
  ports: { readonly conversations: Conversations; readonly notifier: Notifier },
  agent: AgentPrincipal,
  conversationId: string,
): Promise<ConversationDetails | undefined> {
  return changeStatus(ports, agent, conversationId, "closed");
}
