import { type OtherConversation } from "../../protocol";
import { type Conversations, type ListPage, type PageRequest } from "./ports/conversations";
import { type AgentPrincipal } from "./principal";

/** Lists the conversations of other agents, and closed ones, for an admin. */
export function listOthers(
  { conversations }: { readonly conversations: Conversations },
  admin: AgentPrincipal,
  page: PageRequest,
): Promise<ListPage<OtherConversation>> {
  return conversations.listOthers(admin, page);
}
