import { type Message } from "../../protocol";
import { type MessageLog } from "./ports/message-log";
import { type Principal } from "./principal";

export interface HistoryRequest {
  readonly conversationId: string;
  readonly direction: "before" | "after";
  /** The sequence number that the messages come right before or after. */
  readonly seq: number;
  readonly limit: number;
}

export interface History {
  /** In ascending order. */
  readonly messages: readonly Message[];
  /** Whether there are more in that direction. */
  readonly more: boolean;
}

/** Reads one page of a conversation's messages; `undefined` when the principal may not read it. */
export async function readHistory(
  { messages }: { readonly messages: MessageLog },
  principal: Principal,
  { conversationId, direction, seq, limit }: HistoryRequest,
): Promise<History | undefined> {
  if (direction === "before") {
    const earlier = await messages.before(principal, conversationId, { seq, limit });
    return earlier && { messages: earlier, more: (earlier[0]?.seq ?? 1) > 1 };
  }
  const page = (await messages.after(principal, { [conversationId]: seq })).get(conversationId);
  if (page === undefined) return undefined;
  const later = page.messages.slice(0, limit);
  return { messages: later, more: (later.at(-1)?.seq ?? page.headSeq) < page.headSeq };
}
