export interface CircuitBreakerOptions {
  /** Consecutive failures after which calls are refused without an attempt. */
  readonly failures: number;
  /** Milliseconds until one call is allowed to try again. */
  readonly pauseMs: number;
}

/**
 * Refuses calls at once while the database keeps failing, so that callers do not wait for a timeout each, and the database is not
 * overloaded when it recovers. Two counters and nothing more, because every message passes through it.
 */
export class CircuitBreaker {
  private failuresInARow = 0;
  private openUntil = 0;

  constructor(
    private readonly options: CircuitBreakerOptions,
    private readonly now: () => number = Date.now,
  ) {}

  /** Whether to make an attempt. While the circuit is open, true for one caller per pause, whose success closes it. */
  allows(): boolean {
    if (this.failuresInARow < this.options.failures) return true;
    if (this.now() < this.openUntil) return false;
    this.openUntil = this.now() + this.options.pauseMs;
    return true;
  }

  succeeded(): void {
    this.failuresInARow = 0;
  }

  failed(): void {
    this.failuresInARow += 1;
    if (this.failuresInARow >= this.options.failures) this.openUntil = this.now() + this.options.pauseMs;
  }
}
