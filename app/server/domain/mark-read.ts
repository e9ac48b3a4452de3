import { type MessageLog } from "./ports/message-log";
import { type OtherSubscribers } from "./ports/other-subscribers";
import { type Principal } from "./principal";

/**
 * Records that a person has read everything up to a sequence number, and tells the conversation's other subscribers.
 * @returns false when the principal may not read the conversation
 */
export async function markRead(
  { messages }: { readonly messages: MessageLog },
  principal: Principal,
  others: OtherSubscribers,
  { conversationId, seq }: { readonly conversationId: string; readonly seq: number },
): Promise<boolean> {
  const recorded = await messages.markRead(principal, conversationId, seq);
  if (recorded === undefined) return false;
  // Not what the client claims: nobody has read messages that do not exist yet.
  others.showRead({ conversationId, userId: principal.userId, seq: recorded });
  return true;
}
