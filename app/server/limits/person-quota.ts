import { LocalQuota } from "./local-quota";

/** What is counted: messages, and all other events. */
export type Counted = "messages" | "events";

export type PersonLimits = Readonly<Record<Counted, number>>;

/**
 * Limits what all sockets of one person do on this task in a second. Each socket has its own limit, but a person may have fifty of them, and
 * everybody else would pay for what those do together.
 */
export class PersonQuota {
  /** Milliseconds after which a refused call may succeed. */
  readonly retryAfterMs = 1000;
  readonly #quotas: Readonly<Record<Counted, LocalQuota>>;

  /** @param now milliseconds of a clock that never goes back */
  constructor({ messages, events }: PersonLimits, now?: () => number) {
    this.#quotas = {
      messages: new LocalQuota({ name: "person-messages", points: messages, durationSec: 1 }, now),
      events: new LocalQuota({ name: "person-events", points: events, durationSec: 1 }, now),
    };
  }

  /** Uses one call of the person's quota; false when none is left in this second. */
  take(userId: string, counted: Counted): boolean {
    return this.#quotas[counted].take(userId);
  }
}
