import { type ConversationHeader, type ConversationSummary, type InboxAnswer, type Message } from "../protocol";
import { ChangeNotifier } from "./change-notifier";
import { type MessengerClient } from "./messenger-client";
import { type Answer } from "./rest-client";

export interface InboxState {
  /** False until the list has been fetched once. */
  readonly loaded: boolean;
  /** Newest activity first. */
  readonly mine: readonly ConversationSummary[];
  readonly queue: readonly ConversationHeader[];
  /** Whether either list has entries that were not fetched. */
  readonly hasMore: boolean;
}

export interface InboxOptions {
  readonly client: MessengerClient;
  /** Fetches the first page of both lists, or the page of one list that the cursor names. */
  readonly fetchInbox: (cursor?: string) => Promise<Answer<InboxAnswer>>;
  /** Shortest time between two requests, in milliseconds; in a busy hour the list changes often. @default 500 */
  readonly pauseMs?: number;
}

/**
 * Keeps the list of an agent's conversations: fetches it when it may have changed, updates it from messages in between, and subscribes the
 * client to the conversations in it.
 */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #listeners = new ChangeNotifier();
  #state: InboxState = { loaded: false, mine: [], queue: [], hasMore: false };
  /** Number of pages of each list that are shown. */
  #pages = 1;
  #stopListening: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #fetching = false;
  #again = false;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  readonly subscribe = this.#listeners.subscribe;
  readonly getState = (): InboxState => this.#state;

  start(): void {
    this.#stopListening = this.#options.client.on({
      inboxChanged: () => this.refresh(),
      message: (message) => this.#received(message),
      read: ({ conversationId, userId, seq }) => {
        if (userId === this.#options.client.principal.userId) this.#read(conversationId, seq);
      },
    });
    this.refresh();
  }

  stop(): void {
    this.#stopListening?.();
    clearTimeout(this.#timer);
  }

  /** Fetches the list now, or after the request that is under way. */
  refresh(): void {
    if (this.#fetching) {
      this.#again = true;
      return;
    }
    this.#fetching = true;
    void this.#fetch().then(() => {
      this.#timer = setTimeout(() => {
        this.#fetching = false;
        if (!this.#again) return;
        this.#again = false;
        this.refresh();
      }, this.#options.pauseMs ?? 500);
    });
  }

  /** Shows another page of each list. */
  loadMore(): void {
    this.#pages++;
    this.refresh();
  }

  /** Marks everything that was received of the conversation as read. */
  markRead(conversationId: string): void {
    const { client } = this.#options;
    const view = client.getState().conversations[conversationId];
    if (view === undefined) return;
    client.markRead(conversationId);
    this.#read(conversationId, view.toSeq);
  }

  async #fetch(): Promise<void> {
    const answer = await this.#options.fetchInbox();
    // The next connection or the next sync asks again.
    if (!answer.ok) return;
    const mine = await this.#withFurtherPages(answer.mine, answer.next.mine, "mine");
    const queue = await this.#withFurtherPages(answer.queue, answer.next.queue, "queue");
    const known = new Map(this.#state.mine.map((summary) => [summary.id, summary]));
    const current = mine.entries.map((summary) => newest(summary, known.get(summary.id))).sort(byActivity);
    this.#subscribeTo(current);
    this.#set({ loaded: true, mine: current, queue: queue.entries, hasMore: mine.hasMore || queue.hasMore });
  }

  /** Fetches the remaining pages that are shown. An entry that moved between two requests appears once. */
  async #withFurtherPages<L extends "mine" | "queue">(first: InboxAnswer[L], cursor: string | null, list: L) {
    const entries = new Map<string, InboxAnswer[L][number]>(first.map((entry) => [entry.id, entry]));
    let next = cursor;
    for (let page = 1; page < this.#pages && next !== null; page++) {
      const answer = await this.#options.fetchInbox(next);
      if (!answer.ok) break;
      for (const entry of answer[list]) if (!entries.has(entry.id)) entries.set(entry.id, entry);
      next = answer.next[list];
    }
    return { entries: [...entries.values()], hasMore: next !== null };
  }

  #subscribeTo(mine: readonly ConversationSummary[]): void {
    const { client } = this.#options;
    for (const { id, lastSeq } of mine) client.subscribe(id, lastSeq);
    const ids = new Set(mine.map(({ id }) => id));
    for (const id of Object.keys(client.getState().conversations)) if (!ids.has(id)) client.unsubscribe(id);
  }

  #received(message: Message): void {
    this.#update(message.conversationId, (summary) => ({
      ...summary,
      lastSeq: Math.max(summary.lastSeq, message.seq),
      lastMessage: message.seq >= summary.lastSeq ? message : summary.lastMessage,
    }));
  }

  #read(conversationId: string, seq: number): void {
    this.#update(conversationId, (summary) =>
      seq <= summary.lastReadSeq ? summary : { ...summary, lastReadSeq: Math.min(seq, summary.lastSeq) },
    );
  }

  #update(id: string, change: (summary: ConversationSummary) => ConversationSummary): void {
    const mine = this.#state.mine.map((summary) => (summary.id === id ? change(summary) : summary));
    if (mine.some((summary, index) => summary !== this.#state.mine[index])) {
      this.#set({ ...this.#state, mine: mine.sort(byActivity) });
    }
  }

  #set(state: InboxState): void {
    this.#state = state;
    this.#listeners.notify();
  }
}

/** Merges a fetched entry with the known one, which may be newer: messages arrive while the request is under way. */
function newest(fetched: ConversationSummary, known: ConversationSummary | undefined): ConversationSummary {
  if (known === undefined) return fetched;
  const isBehind = known.lastSeq > fetched.lastSeq;
  return {
    ...fetched,
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
