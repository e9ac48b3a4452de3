/** Asks at most once in a while, however often it is asked itself: a probe must not be a way to hammer the database. */
export class CachedCheck {
  #answer: Promise<boolean> | undefined;
  #askedAt = 0;

  constructor(
    private readonly ask: () => Promise<unknown>,
    /** Milliseconds for which an answer holds. */
    private readonly holdsMs: number,
  ) {}

  /** Whether the last question was answered without an error. */
  isPassing(): Promise<boolean> {
    const now = performance.now();
    if (this.#answer === undefined || now - this.#askedAt >= this.holdsMs) {
      this.#askedAt = now;
      this.#answer = this.#asked();
    }
    return this.#answer;
  }

  async #asked(): Promise<boolean> {
    try {
      await this.ask();
      return true;
    } catch {
      return false;
    }
  }
}
