import { type ConversationSummary, type QueueEntry } from "../../protocol";
import { type Conversations, type ListPage, type ListPosition } from "./ports/conversations";
import { type AgentPrincipal } from "./principal";

export type InboxList = "mine" | "queue" | "others";

export interface InboxCursor {
  readonly list: InboxList;
  readonly position: ListPosition;
}

export interface Inbox {
  readonly mine: ListPage<ConversationSummary>;
  readonly queue: ListPage<QueueEntry>;
  /** Number of conversations in the whole queue. */
  readonly waiting: number;
  /** Unread messages in all conversations of the agent. */
  readonly unread: number;
}

const EMPTY = { items: [], next: undefined } as const;

/** Lists an agent's conversations and the queue. With a cursor, continues that one list and leaves the other empty. */
export async function listInbox(
  { conversations }: { readonly conversations: Conversations },
  agent: AgentPrincipal,
  { limit, cursor }: { readonly limit: number; readonly cursor?: InboxCursor | undefined },
): Promise<Inbox> {
  const page = { limit, after: cursor?.position };
  const [mine, queue, waiting, unread] = await Promise.all([
    cursor?.list === "queue" ? EMPTY : conversations.listMine(agent, page),
    cursor?.list === "mine" ? EMPTY : conversations.listQueue(page),
    conversations.countQueue(),
    conversations.countUnread(agent),
  ]);
  return { mine, queue, waiting, unread };
}
