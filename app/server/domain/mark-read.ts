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
  if (!(await messages.markRead(principal, conversationId, seq))) return false;
  others.showRead({ conversationId, userId: principal.userId, seq });
  return true;
}
