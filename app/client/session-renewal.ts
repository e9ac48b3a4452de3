import { type Acknowledgement, type TicketAnswer } from "../protocol";
import { type ClientEnvironment } from "./environment";
import { type Answer } from "./rest-client";
import { backoffMs, type Timings } from "./timings";

/** Longest delay that a timer accepts, in milliseconds; a visitor's session may last longer. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export interface SessionRenewalOptions {
  /** Fetches a new ticket: an older one does not cover the extended session. */
  readonly ticket: () => Promise<Answer<TicketAnswer>>;
  readonly extendSession?: () => Promise<void>;
  /** Presents a ticket of the extended session to the server. */
  readonly refresh: (ticket: string) => Promise<Acknowledgement<"session:refresh">>;
  readonly environment: ClientEnvironment;
  readonly timings: Timings;
}

/** Extends the session of an open connection before it ends, so that nobody is signed out while writing. */
export class SessionRenewal {
  readonly #options: SessionRenewalOptions;
  #timer: NodeJS.Timeout | undefined;
  #generation = 0;

  constructor(options: SessionRenewalOptions) {
    this.#options = options;
  }

  /** Schedules the renewal of a session. `expiresAt` is in ISO 8601. */
  watch(expiresAt: string): void {
    this.stop();
    const { environment, timings } = this.#options;
    const left = Date.parse(expiresAt) - environment.now();
    // Halfway, so that a clock that is an hour wrong does no harm. The minimum keeps a clock that is days wrong from causing a loop.
    const delay = Math.max(timings.backoff.baseMs, left * (0.45 + environment.random() * 0.1));
    this.#schedule(delay, expiresAt, 0);
  }

  stop(): void {
    this.#generation++;
    clearTimeout(this.#timer);
  }

  #schedule(delayMs: number, expiresAt: string, attempt: number): void {
    if (delayMs > MAX_TIMER_MS) return;
    this.#timer = setTimeout(() => void this.#refresh(expiresAt, attempt), delayMs);
  }

  async #refresh(expiresAt: string, attempt: number): Promise<void> {
    const generation = this.#generation;
    const { environment, timings } = this.#options;
    await this.#options.extendSession?.();
    const answer = await this.#options.ticket();
    const result = answer.ok ? await this.#options.refresh(answer.ticket) : answer;
    if (generation !== this.#generation) return;
    if (result.ok) {
      // A session that cannot be extended ends on time, and the server reports it.
      if (Date.parse(result.expiresAt) > Date.parse(expiresAt)) this.watch(result.expiresAt);
    } else if (result.retryable && environment.now() < Date.parse(expiresAt)) {
      this.#schedule(backoffMs(attempt, timings.backoff, environment.random), expiresAt, attempt + 1);
    }
  }
}
