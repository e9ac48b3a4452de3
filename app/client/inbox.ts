import { type ConversationHeader, type ConversationSummary, type InboxAnswer, type Message } from "../protocol";
import { Listeners } from "./listeners";
import { type MessengerClient } from "./messenger-client";
import { type Answer } from "./rest";

export interface InboxState {
  /** False until the list has been fetched once. */
  readonly loaded: boolean;
  /** Newest activity first. */
  readonly mine: readonly ConversationSummary[];
  /** Longest waiting first. */
  readonly queue: readonly ConversationHeader[];
}

export interface InboxOptions {
  readonly client: MessengerClient;
  readonly fetchInbox: () => Promise<Answer<InboxAnswer>>;
  /** Shortest time between two requests, in milliseconds: a busy hour changes the list often. @default 500 */
  readonly pauseMs?: number;
}

/**
 * The list of an agent's conversations: fetched when it may have changed, kept current by the messages in between, and what the client
 * takes part in.
 */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #listeners = new Listeners();
  #state: InboxState = { loaded: false, mine: [], queue: [] };
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

  /** Fetches the list, now or as soon as the request that is under way has ended. */
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

  /** What is here of the conversation was seen. */
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
    const before = new Map(this.#state.mine.map((summary) => [summary.id, summary]));
    const mine = answer.mine.map((summary) => newest(summary, before.get(summary.id)));
    const { client } = this.#options;
    for (const { id, lastSeq } of mine) client.subscribe(id, lastSeq);
    const ids = new Set(mine.map(({ id }) => id));
    for (const id of Object.keys(client.getState().conversations)) if (!ids.has(id)) client.unsubscribe(id);
    this.#set({ loaded: true, mine: mine.sort(byActivity), queue: answer.queue });
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

/** An answer may be older than the messages that came while it was on its way. */
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
