import { findEndedSessions } from "../domain/find-ended-sessions";
import { type Identity } from "../domain/ports/identity";
import { type EndedReason, type Principal } from "../domain/principal";

/** Longest that a handshake waits for the database, in milliseconds. */
const TIMEOUT_MS = 1000;

/** Whether the database says that a session has ended; `unknown` when it does not answer in time. */
export type SessionState = EndedReason | "active" | "unknown";

interface Waiting {
  readonly principal: Principal;
  readonly resolve: (state: SessionState) => void;
}

/** Asks the database about single sessions. Those of one turn of the event loop share a query. Never rejects. */
export class SessionCheck {
  #waiting: Waiting[] = [];

  constructor(
    private readonly identity: Identity,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

  ask(principal: Principal): Promise<SessionState> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve("unknown"), this.timeoutMs);
      const settle = (state: SessionState): void => {
        clearTimeout(timer);
        resolve(state);
      };
      if (this.#waiting.push({ principal, resolve: settle }) === 1) setImmediate(() => void this.#askAll());
    });
  }

  async #askAll(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    try {
      const ended = await findEndedSessions(
        { identity: this.identity },
        waiting.map(({ principal }) => principal),
      );
      for (const { principal, resolve } of waiting) resolve(ended.get(principal.sessionId) ?? "active");
    } catch {
      for (const { resolve } of waiting) resolve("unknown");
    }
  }
}
