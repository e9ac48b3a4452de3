import { type ConversationSummary, type InboxAnswer, MAX_INBOX_IDS, type QueueEntry } from "../protocol";
import { ChangeNotifier } from "./change-notifier";
import {
  type InboxLists,
  unreadIn,
  withChange,
  withEntries,
  withMessage,
  withNewest,
  withRead,
  withStatus,
} from "./inbox-lists";
import { type MessengerClient } from "./messenger-client";
import { type Answer } from "./rest-client";

export interface InboxState extends InboxLists {
  /** False until the lists have been fetched once. */
  readonly loaded: boolean;
  /** Unread messages in all conversations of the agent, loaded or not. */
  readonly unread: number;
  /** Whether a list has entries that were not fetched. */
  readonly more: { readonly mine: boolean; readonly queue: boolean };
  /** The conversation of `open` when it is neither the agent's nor in the queue. */
  readonly missing: string | undefined;
  /** The conversation of `open` when it is in the queue, also beyond the loaded part. */
  readonly opened: QueueEntry | undefined;
}

export interface InboxOptions {
  readonly client: MessengerClient;
  /** Fetches the first page of both lists, or the page of one list that the cursor names. */
  readonly fetchInbox: (cursor?: string) => Promise<Answer<InboxAnswer>>;
  /** Fetches the entries of these conversations. A server of an earlier release refuses it; the lists are then fetched instead. */
  readonly fetchEntries: (ids: readonly string[]) => Promise<Answer<InboxAnswer>>;
  /** Shortest time between two requests, in milliseconds; in a busy hour the lists change often. @default 500 */
  readonly pauseMs?: number;
}

type List = "mine" | "queue";

/** What an answer says besides its lists. */
interface Answered {
  /** Ids of the conversations that the request named. */
  readonly asked?: readonly string[];
  /** Those of them that are in the queue, whether or not that part of it is loaded. */
  readonly queued?: readonly QueueEntry[];
  /** Unread messages in all conversations, loaded or not. */
  readonly unread?: number | undefined;
}

const PAUSE_MS = 500;
/** Milliseconds before entries that the server failed to return are requested again. */
const RETRY_MS = 5000;

/** Nothing fetched yet. */
export const EMPTY_INBOX: InboxState = {
  loaded: false,
  mine: [],
  queue: [],
  others: [],
  waiting: 0,
  unread: 0,
  more: { mine: false, queue: false },
  missing: undefined,
  opened: undefined,
};

/**
 * Keeps the lists of an agent's conversations: fetches the entries that may have changed, updates them from messages in between, and
 * subscribes the client to the conversations in it. The whole lists are fetched only when anything may have changed, as after a connect.
 */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #listeners = new ChangeNotifier();
  #state = EMPTY_INBOX;
  /** Where the next page of each list starts; null at its end. */
  #next: InboxAnswer["next"] = { mine: null, queue: null };
  /** Number of pages of each list that are shown. */
  readonly #pages: Record<List, number> = { mine: 1, queue: 1 };
  /** Conversations whose entries may have changed since they were fetched. */
  readonly #changed = new Set<string>();
  /** Unread messages in conversations that are not loaded. */
  #unreadElsewhere = 0;
  #isStale = false;
  #openId: string | undefined;
  #stopListening: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #fetching = false;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  readonly subscribe = this.#listeners.subscribe;
  readonly getState = (): InboxState => this.#state;

  start(): void {
    const { client } = this.#options;
    this.#stopListening = client.on({
      inboxChanged: (id) => (id === undefined ? this.refresh() : this.refreshEntry(id)),
      activity: (ids) => this.#refreshUnsubscribed(ids),
      message: (message) => this.#update(message.conversationId, (summary) => withMessage(summary, message)),
      status: ({ conversationId, status, seq }) =>
        this.#update(conversationId, (summary) => withStatus(summary, status, seq)),
      read: ({ conversationId, userId, seq }) => {
        if (userId === client.principal.userId) this.#update(conversationId, (summary) => withRead(summary, seq));
      },
    });
    this.refresh();
  }

  stop(): void {
    this.#stopListening?.();
    clearTimeout(this.#timer);
  }

  /** Fetches the lists, as far as they are shown, now or after the request that is under way. */
  refresh(): void {
    this.#isStale = true;
    this.#run();
  }

  /** Fetches the entry of one conversation, now or after the request that is under way. */
  refreshEntry(conversationId: string): void {
    this.#changed.add(conversationId);
    this.#run();
  }

  /** Shows a conversation that the agent has just taken, without waiting for the server. */
  addTaken(summary: ConversationSummary): void {
    const waiting = Math.max(0, this.#state.waiting - 1);
    this.#show(withEntries(this.#state, [summary.id], { mine: [summary], queue: [], waiting }, true));
  }

  /** Shows another page of a list. */
  loadMore(list: List): void {
    const cursor = this.#next[list];
    if (cursor === null) return;
    this.#pages[list]++;
    void this.#options.fetchInbox(cursor).then((answer) => {
      if (!answer.ok) {
        this.#pages[list]--;
        return;
      }
      this.#next = { ...this.#next, [list]: answer.next[list] };
      const ids = [...answer.mine, ...answer.queue].map(({ id }) => id);
      this.#show(withEntries(this.#state, ids, { waiting: this.#state.waiting, ...answer }, true), {
        unread: answer.unread,
      });
    });
  }

  /** Fetches a conversation that is not loaded, and keeps it in the list while it is open. */
  open(conversationId: string | null): void {
    this.#openId = conversationId ?? undefined;
    const isKnown = this.#state.mine.some(({ id }) => id === conversationId);
    if (conversationId !== null && this.#state.loaded && !isKnown) this.refreshEntry(conversationId);
  }

  /** Marks everything that was received of the conversation as read. */
  markRead(conversationId: string): void {
    const { client } = this.#options;
    const view = client.getState().conversations[conversationId];
    if (view === undefined) return;
    client.markRead(conversationId);
    this.#update(conversationId, (summary) => withRead(summary, view.toSeq));
  }

  #refreshUnsubscribed(conversationIds: readonly string[]): void {
    const { conversations } = this.#options.client.getState();
    for (const id of conversationIds) if (conversations[id] === undefined) this.refreshEntry(id);
  }

  #run(): void {
    if (this.#fetching || (!this.#isStale && this.#changed.size === 0)) return;
    this.#fetching = true;
    const request = this.#isStale ? this.#fetchLists() : this.#fetchChanged();
    void request.then((pauseMs = this.#options.pauseMs ?? PAUSE_MS) => {
      this.#timer = setTimeout(() => {
        this.#fetching = false;
        this.#run();
      }, pauseMs);
    });
  }

  async #fetchLists(): Promise<undefined> {
    this.#isStale = false;
    this.#changed.clear();
    const answer = await this.#options.fetchInbox();
    // The next connection or the next sync asks again.
    if (!answer.ok) return;
    const mine = await this.#withFurtherPages(answer, "mine");
    const queue = await this.#withFurtherPages(answer, "queue");
    this.#next = { mine: mine.next, queue: queue.next };
    const beyond = this.#openBeyond(mine.entries);
    this.#show(
      {
        mine: withNewest([...mine.entries, ...beyond], this.#state.mine),
        queue: queue.entries,
        others: this.#state.others,
        waiting: answer.waiting ?? queue.entries.length,
      },
      { unread: answer.unread },
    );
  }

  /** Returns the open conversation when it is not among the fetched ones, and has its entry fetched. */
  #openBeyond(fetched: readonly ConversationSummary[]): readonly ConversationSummary[] {
    const isOpen = ({ id }: ConversationSummary): boolean => id === this.#openId;
    if (this.#openId === undefined || fetched.some(isOpen)) return [];
    this.#changed.add(this.#openId);
    return this.#state.mine.filter(isOpen);
  }

  /** Returns the milliseconds until the next request, unless it is the usual pause. */
  async #fetchChanged(): Promise<number | undefined> {
    const ids = [...this.#changed].slice(0, MAX_INBOX_IDS);
    for (const id of ids) this.#changed.delete(id);
    const answer = await this.#options.fetchEntries(ids);
    if (answer.ok) {
      const lists = withEntries(this.#state, ids, answer, this.#next.queue === null);
      this.#show(lists, { asked: ids, queued: answer.queue, unread: answer.unread });
    } else if (!answer.retryable) this.#isStale = true;
    else {
      for (const id of ids) this.#changed.add(id);
      return answer.retryAfterMs ?? RETRY_MS;
    }
    return undefined;
  }

  /** Fetches the remaining pages that are shown. An entry that moved between two requests appears once. */
  async #withFurtherPages<L extends List>(first: InboxAnswer, list: L) {
    const entries = new Map<string, InboxAnswer[L][number]>(first[list].map((entry) => [entry.id, entry]));
    let next = first.next[list];
    for (let page = 1; page < this.#pages[list] && next !== null; page++) {
      const answer = await this.#options.fetchInbox(next);
      if (!answer.ok) break;
      for (const entry of answer[list]) if (!entries.has(entry.id)) entries.set(entry.id, entry);
      next = answer.next[list];
    }
    return { entries: [...entries.values()], next };
  }

  #subscribeTo({ mine, others }: InboxLists): void {
    const { client } = this.#options;
    const shown = [...mine, ...others];
    for (const { id, lastSeq } of shown) client.subscribe(id, lastSeq);
    const ids = new Set(shown.map(({ id }) => id));
    for (const id of Object.keys(client.getState().conversations)) if (!ids.has(id)) client.unsubscribe(id);
  }

  #update(id: string, change: Parameters<typeof withChange>[2]): void {
    const lists = withChange(this.#state, id, change);
    if (lists === this.#state) return;
    this.#set({ ...this.#state, ...lists, unread: this.#unreadElsewhere + unreadIn(lists) });
  }

  #show({ others, ...rest }: InboxLists, { asked = [], queued = [], unread }: Answered = {}): void {
    const openId = this.#openId;
    const lists = { ...rest, others: others.filter(({ id }) => id === openId) };
    this.#subscribeTo(lists);
    if (unread !== undefined) this.#unreadElsewhere = Math.max(0, unread - unreadIn(lists));
    const known = openId === undefined || asked.includes(openId) ? undefined : this.#state.opened;
    const opened = [...lists.queue, ...queued, ...(known === undefined ? [] : [known])].find(({ id }) => id === openId);
    const isListed = opened !== undefined || [...lists.mine, ...lists.others].some(({ id }) => id === openId);
    const isMissing = openId !== undefined && !isListed && (asked.includes(openId) || this.#state.missing === openId);
    this.#set({
      ...lists,
      loaded: true,
      unread: this.#unreadElsewhere + unreadIn(lists),
      more: { mine: this.#next.mine !== null, queue: this.#next.queue !== null },
      missing: isMissing ? openId : undefined,
      opened: lists.mine.some(({ id }) => id === openId) ? undefined : opened,
    });
  }

  #set(state: InboxState): void {
    this.#state = state;
    this.#listeners.notify();
  }
}
