/** Runs a check at most once per period, however often its result is read, so that health probes cannot overload the database. */
export class CachedCheck {
  #result: Promise<boolean> | undefined;
  #startedAt = 0;

  constructor(
    private readonly check: () => Promise<unknown>,
    /** Milliseconds for which a result is reused. */
    private readonly reuseMs: number,
  ) {}

  /** Whether the latest check succeeded. */
  isPassing(): Promise<boolean> {
    const now = performance.now();
    if (this.#result === undefined || now - this.#startedAt >= this.reuseMs) {
      this.#startedAt = now;
      this.#result = this.#run();
    }
    return this.#result;
  }

  async #run(): Promise<boolean> {
    try {
      await this.check();
      return true;
    } catch {
      return false;
    }
  }
}
