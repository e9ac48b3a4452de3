import {
  type ConversationStatus,
  type ConversationSummary,
  type InboxAnswer,
  type Message,
  type OtherConversation,
  type QueueEntry,
} from "../protocol";

/** The lists of an agent, as far as they are loaded. */
export interface InboxLists {
  /** Newest activity first. */
  readonly mine: readonly ConversationSummary[];
  /** Longest waiting first. */
  readonly queue: readonly QueueEntry[];
  /** For an admin, the open conversation when it is neither their own nor in the queue. */
  readonly others: readonly OtherConversation[];
  /** Number of conversations in the whole queue, loaded or not. */
  readonly waiting: number;
}

/** Merges fetched entries into the known ones, which may be newer: messages arrive while the request is under way. */
export function withNewest(
  fetched: readonly ConversationSummary[],
  known: readonly ConversationSummary[],
): readonly ConversationSummary[] {
  const before = new Map(known.map((summary) => [summary.id, summary]));
  return fetched.map((summary) => newest(summary, before.get(summary.id))).sort(byActivity);
}

/**
 * Replaces the entries of the conversations that were asked for with those in the answer, and removes those that the answer does not list.
 * @param isQueueComplete whether the whole queue is loaded; otherwise an entry beyond its loaded part is only counted
 */
export function withEntries(
  lists: InboxLists,
  askedIds: readonly string[],
  answer: Pick<InboxAnswer, "mine" | "queue" | "others" | "waiting">,
  isQueueComplete: boolean,
): InboxLists {
  const asked = new Set(askedIds);
  const isOther = ({ id }: { readonly id: string }): boolean => !asked.has(id);
  const last = lists.queue.at(-1);
  const isLoaded = (entry: QueueEntry): boolean =>
    isQueueComplete ||
    (last !== undefined && byWaiting(entry, last) <= 0) ||
    lists.queue.some(({ id }) => id === entry.id);
  const mine = [...lists.mine.filter(isOther), ...withNewest(answer.mine, lists.mine)].sort(byActivity);
  const queue = [...lists.queue.filter(isOther), ...answer.queue.filter(isLoaded)].sort(byWaiting);
  const others = [...lists.others.filter(isOther), ...(answer.others ?? [])];
  return { mine, queue, others, waiting: answer.waiting ?? queue.length };
}

/** Applies a change to one conversation. Returns the same object when there is no such conversation or nothing changed. */
export function withChange(
  lists: InboxLists,
  id: string,
  change: (summary: ConversationSummary) => ConversationSummary,
): InboxLists {
  const mine = lists.mine.map((summary) => (summary.id === id ? change(summary) : summary));
  const others = lists.others.map((other) => (other.id === id ? { ...other, ...change(other) } : other));
  const isSame = mine.every((summary, index) => summary === lists.mine[index]);
  return isSame && !lists.others.some((other) => other.id === id)
    ? lists
    : { ...lists, mine: mine.sort(byActivity), others };
}

/** Adds a message that has arrived. A customer's message reopens the conversation, as the server does it. */
export function withMessage(summary: ConversationSummary, message: Message): ConversationSummary {
  const isNews = message.seq > summary.lastSeq;
  return {
    ...summary,
    status: isNews && message.senderKind === "visitor" ? "open" : summary.status,
    lastSeq: Math.max(summary.lastSeq, message.seq),
    lastMessage: message.seq >= summary.lastSeq ? message : summary.lastMessage,
  };
}

export function withRead(summary: ConversationSummary, seq: number): ConversationSummary {
  return seq <= summary.lastReadSeq ? summary : { ...summary, lastReadSeq: Math.min(seq, summary.lastSeq) };
}

/** Sets the status that the conversation had after its message `seq`, unless a later message is known. */
export function withStatus(summary: ConversationSummary, status: ConversationStatus, seq: number): ConversationSummary {
  return seq < summary.lastSeq ? summary : { ...summary, status };
}

function newest(fetched: ConversationSummary, known: ConversationSummary | undefined): ConversationSummary {
  if (known === undefined) return fetched;
  const isBehind = known.lastSeq > fetched.lastSeq;
  return {
    ...fetched,
    status: isBehind ? known.status : fetched.status,
    lastSeq: Math.max(fetched.lastSeq, known.lastSeq),
    lastMessage: isBehind ? known.lastMessage : fetched.lastMessage,
    lastReadSeq: Math.max(fetched.lastReadSeq, known.lastReadSeq),
  };
}

function byActivity(a: ConversationSummary, b: ConversationSummary): number {
  return activity(b).localeCompare(activity(a));
}

function activity({ lastMessage, createdAt }: ConversationSummary): string {
  return lastMessage?.createdAt ?? createdAt;
}

function byWaiting(a: QueueEntry, b: QueueEntry): number {
  return waitingSince(a).localeCompare(waitingSince(b)) || a.id.localeCompare(b.id);
}

/** Counts the unread messages of the loaded conversations. */
export function unreadIn({ mine }: Pick<InboxLists, "mine">): number {
  return mine.reduce((sum, { lastSeq, lastReadSeq }) => sum + Math.max(0, lastSeq - lastReadSeq), 0);
}

export function waitingSince({ waitingSince: since, createdAt }: QueueEntry): string {
  return since ?? createdAt;
}
