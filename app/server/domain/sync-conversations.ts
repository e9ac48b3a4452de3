import { type ConversationStatus, type Message } from "../../protocol";
import { type MessageLog, type Page } from "./ports/message-log";
import { type Subscriptions } from "./ports/subscriptions";
import { type Principal } from "./principal";

/** The messages after the sequence number that the client has. */
export interface MissedMessages {
  readonly messages: readonly Message[];
  readonly headSeq: number;
  /** Whether there are more than these. */
  readonly more: boolean;
  readonly status: ConversationStatus;
}

/**
 * Subscribes a connection to conversations and reads what it has missed of each.
 *
 * @param known the highest sequence number that the client has of each conversation; 0 for none
 * @returns one entry for each conversation; `undefined` where the principal may not read it
 */
export async function syncConversations(
  { messages }: { readonly messages: MessageLog },
  principal: Principal,
  subscriptions: Subscriptions,
  known: Readonly<Record<string, number>>,
): Promise<ReadonlyMap<string, MissedMessages | undefined>> {
  await subscribe(messages, principal, subscriptions, Object.keys(known));
  const pages = await messages.after(principal, known);
  const missed = new Map<string, MissedMessages | undefined>();
  for (const [conversationId, knownSeq] of Object.entries(known)) {
    const page = pages.get(conversationId);
    // The principal was removed after it subscribed, now or earlier.
    if (page === undefined) await subscriptions.remove(conversationId);
    missed.set(conversationId, page && missedMessages(page, knownSeq));
  }
  return missed;
}

/**
 * Subscribes before anything is read, so that no message is lost in between; and only to what the principal may read, so that nobody
 * else receives messages while the database answers.
 */
async function subscribe(
  messages: MessageLog,
  principal: Principal,
  subscriptions: Subscriptions,
  conversationIds: readonly string[],
): Promise<void> {
  const missing = conversationIds.filter((id) => !subscriptions.has(id));
  if (missing.length === 0) return;
  const readable = await messages.readable(principal, missing);
  await subscriptions.add([...readable]);
}

/** A page may end early for more reasons than its length, so only the head tells whether there is more. */
function missedMessages({ messages, headSeq, status }: Page, knownSeq: number): MissedMessages {
  return { messages, headSeq, more: (messages.at(-1)?.seq ?? knownSeq) < headSeq, status };
}
