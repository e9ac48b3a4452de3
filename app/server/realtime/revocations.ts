import { TICKET_LIFE_SEC } from "../../protocol";
import { type Clock } from "../domain/ports/clock";
import { type EndedReason, type Principal } from "../domain/principal";

/** The end of a session, or of every session of a user, and until when a ticket of it could still be valid. */
export interface Revocation {
  readonly reason: EndedReason;
  /** The session's id when it was signed out, the user's when they were disabled. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Passes revocations between tasks. */
export interface RevocationFeed {
  /** Whether every revocation of any task, up to about a second ago, has arrived here. */
  isCurrent(): boolean;
  publish(revocation: Revocation): void;
  /** Registers the listener for the revocations of all tasks; each may arrive more than once. */
  listen(listener: (revocation: Revocation) => void): void;
}

/** A ticket's life, plus what the clocks of two tasks may differ. */
export const REVOCATION_MS = (TICKET_LIFE_SEC + 10) * 1000;

/**
 * Knows which sessions ended while a ticket of theirs may still be valid, so that a handshake needs no database: a ticket could otherwise be
 * presented again and again until it expires.
 */
export class Revocations {
  readonly #revoked: Readonly<Record<EndedReason, Map<string, number>>> = {
    "signed-out": new Map(),
    disabled: new Map(),
  };
  readonly #startedAt: number;

  /** @param feed `undefined` with a single task */
  constructor(
    private readonly feed: RevocationFeed | undefined,
    private readonly now: Clock,
  ) {
    this.#startedAt = now();
    feed?.listen((revocation) => this.learn(revocation));
  }

  /** Makes a session's end, or that of a user, known to every task. */
  revoke(reason: EndedReason, id: string): Revocation {
    const revocation = { reason, id, until: this.now() + REVOCATION_MS };
    this.learn(revocation);
    this.feed?.publish(revocation);
    return revocation;
  }

  /** Takes over a revocation of another task. */
  learn({ reason, id, until }: Revocation): void {
    const revoked = this.#revoked[reason];
    // Removed first, so that the oldest comes first.
    revoked.delete(id);
    revoked.set(id, until);
    for (const [oldest, end] of revoked) {
      if (end > this.now()) break;
      revoked.delete(oldest);
    }
  }

  /** Returns why a session has ended. A disabled user may have been enabled again since; a session that was signed out is over for good. */
  find({ sessionId, userId }: Principal): EndedReason | undefined {
    if (this.#isRevoked("signed-out", sessionId)) return "signed-out";
    return this.#isRevoked("disabled", userId) ? "disabled" : undefined;
  }

  /**
   * Whether every session that ended within the life of a ticket is known here. Not while the other tasks cannot be heard; and a single task
   * does not know what ended before it started.
   */
  isComplete(): boolean {
    return this.feed === undefined ? this.now() - this.#startedAt >= REVOCATION_MS : this.feed.isCurrent();
  }

  #isRevoked(reason: EndedReason, id: string): boolean {
    return (this.#revoked[reason].get(id) ?? 0) > this.now();
  }
}
