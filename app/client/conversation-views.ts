import { type ConversationView } from "./client-state";
import { type ConversationLog } from "./conversation-log";
import { type OutboxItem } from "./outbox-store";

export interface ConversationViewsOptions {
  readonly outgoing: () => readonly OutboxItem[];
  /** Names of others who are typing in a conversation. */
  readonly typing: (conversationId: string) => readonly string[];
}

/**
 * Builds the view of each conversation. A view stays the same object until its conversation changes, so that a page redraws one list for
 * a message and not all of them.
 */
export class ConversationViews {
  readonly #views = new Map<string, ConversationView>();

  constructor(private readonly options: ConversationViewsOptions) {}

  of(logs: ReadonlyMap<string, ConversationLog>): Readonly<Record<string, ConversationView>> {
    const views: Record<string, ConversationView> = {};
    for (const [id, log] of logs) views[id] = this.#view(id, log);
    return views;
  }

  forget(conversationId: string): void {
    this.#views.delete(conversationId);
  }

  #view(id: string, log: ConversationLog): ConversationView {
    const outgoing = this.options
      .outgoing()
      .filter((item) => item.conversationId === id && !log.has(item.clientMessageId));
    const view: ConversationView = {
      messages: log.messages,
      headSeq: log.head,
      toSeq: log.to,
      status: log.status,
      hasEarlier: log.from > 0,
      outgoing,
      typing: this.options.typing(id),
    };
    const before = this.#views.get(id);
    if (before !== undefined && isSame(before, view)) return before;
    this.#views.set(id, view);
    return view;
  }
}

function isSame(a: ConversationView, b: ConversationView): boolean {
  return (
    a.messages === b.messages &&
    a.headSeq === b.headSeq &&
    a.toSeq === b.toSeq &&
    a.status === b.status &&
    a.hasEarlier === b.hasEarlier &&
    isSameList(a.outgoing, b.outgoing) &&
    isSameList(a.typing, b.typing)
  );
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
