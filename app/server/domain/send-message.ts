import { type AppendResult, type MessageLog, type NewMessage } from "./ports/message-log";
import { type Notifier } from "./ports/notifier";
import { type Principal } from "./principal";

/** Stores a message and sends it to the conversation's subscribers. Resolves after the commit, so that the result may be acknowledged. */
export async function sendMessage(
  { messages, notifier }: { readonly messages: MessageLog; readonly notifier: Notifier },
  sender: Principal,
  message: NewMessage,
): Promise<AppendResult> {
  const result = await messages.append(sender, message);
  // Also for a duplicate: the first attempt may have failed between the commit and the notice.
  if (result.kind === "stored" || result.kind === "duplicate") notifier.message(result.message);
  return result;
}
