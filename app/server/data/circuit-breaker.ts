export interface CircuitBreakerOptions {
  /** Failures in a row after which calls are refused without trying. */
  readonly failures: number;
  /** Milliseconds until one call is let through to see whether it is well again. */
  readonly pauseMs: number;
}

/**
 * Refuses calls at once while their target is known to fail, so that a hung database costs each caller microseconds, not a timeout, and is
 * not met by a crowd when it returns. Two counters on purpose: it stands on the path of every message.
 */
export class CircuitBreaker {
  private failuresInARow = 0;
  private openUntil = 0;

  constructor(
    private readonly options: CircuitBreakerOptions,
    private readonly now: () => number = Date.now,
  ) {}

  /** Whether to try. While open, true for one caller per pause: its success closes the circuit. */
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
