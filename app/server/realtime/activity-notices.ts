import { ACTIVITY_MS } from "../../protocol";

/** Most conversations in one event; a person with more in one interval hears of the others in the next. */
const MAX_IDS = 100;

type Send = (userId: string, conversationIds: readonly string[]) => void;

/**
 * Tells each user which conversations have new messages: of the first one at once, then of all others of an interval together. A message
 * costs one small event for each of its agents at most, and far less in a busy hour.
 */
export class ActivityNotices {
  /** What is to be told at the end of each user's interval. */
  readonly #pending = new Map<string, Set<string>>();

  constructor(
    private readonly send: Send,
    private readonly intervalMs = ACTIVITY_MS,
  ) {}

  tell(userIds: readonly string[], conversationId: string): void {
    for (const userId of userIds) {
      const pending = this.#pending.get(userId);
      if (pending === undefined) this.#sendNow(userId, [conversationId]);
      else pending.add(conversationId);
    }
  }

  #sendNow(userId: string, conversationIds: readonly string[]): void {
    this.#pending.set(userId, new Set());
    setTimeout(() => this.#endInterval(userId), this.intervalMs).unref();
    this.send(userId, conversationIds);
  }

  #endInterval(userId: string): void {
    const pending = [...(this.#pending.get(userId) ?? [])];
    this.#pending.delete(userId);
    if (pending.length === 0) return;
    this.#sendNow(userId, pending.slice(0, MAX_IDS));
    for (const conversationId of pending.slice(MAX_IDS)) this.#pending.get(userId)?.add(conversationId);
  }
}
