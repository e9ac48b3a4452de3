import { type AppendResult, type MessageLog, type NewMessage } from "./ports/message-log";
import { type Notifier } from "./ports/notifier";
import { type Principal } from "./principal";

/** Stores a message, sends it to the conversation's subscribers and tells the other agents whom it concerns. Resolves after the commit, so that the result may be acknowledged. */
export async function sendMessage(
  { messages, notifier }: { readonly messages: MessageLog; readonly notifier: Notifier },
  sender: Principal,
  message: NewMessage,
): Promise<AppendResult> {
  const result = await messages.append(sender, message);
  // Also for a duplicate: the first attempt may have failed between the commit and the notice.
  if (result.kind === "stored" || result.kind === "duplicate") {
    const { message: stored, memberIds, reopened } = result;
    notifier.message(stored);
    if (memberIds.length > 0) notifier.activity(memberIds, stored.conversationId);
    // It is in the queue, which every agent sees. Not for each further message, because there are many agents.
    else if (stored.seq === 1 || reopened) notifier.inboxChangedForAll(stored.conversationId);
  }
  return result;
}
