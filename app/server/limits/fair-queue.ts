/** A shorter pause is not worth a timer, in milliseconds. */
const SHORTEST_PAUSE_MS = 5;

interface Job {
  readonly start: () => void;
}

/**
 * Runs tasks a few at a time: one per key, and keys in turn, so that a key with many tasks waits for its own and not in front of others.
 */
export class FairQueue {
  /** Waiting tasks by key; a key is in here while one of its tasks runs or waits. */
  readonly #waiting = new Map<string, Job[]>();
  /** Keys whose next task may run, in order. */
  readonly #turns: string[] = [];
  #running = 0;

  constructor(
    private readonly maxRunning: number,
    private readonly maxWaitingPerKey: number,
  ) {}

  /** Whether the key has as many waiting tasks as it may have. */
  isFull(key: string): boolean {
    return (this.#waiting.get(key)?.length ?? 0) >= this.maxWaitingPerKey;
  }

  /**
   * Runs the task when it is its turn, and returns its result.
   *
   * @param pauseMs returns how long the key's next task has to wait after this result, in milliseconds
   */
  async run<T>(key: string, task: () => Promise<T>, pauseMs: (result: T) => number = () => 0): Promise<T> {
    await this.#turn(key);
    let pause = 0;
    try {
      const result = await task();
      pause = pauseMs(result);
      return result;
    } finally {
      // Not before the event loop has served whoever else is waiting for it.
      setImmediate(() => this.#done(key, pause));
    }
  }

  #turn(key: string): Promise<void> {
    return new Promise((start) => {
      const waiting = this.#waiting.get(key);
      if (waiting === undefined) {
        this.#waiting.set(key, [{ start }]);
        this.#turns.push(key);
      } else {
        waiting.push({ start });
      }
      this.#next();
    });
  }

  #done(key: string, pauseMs: number): void {
    this.#running -= 1;
    if (pauseMs < SHORTEST_PAUSE_MS) this.#release(key);
    else setTimeout(() => this.#release(key), pauseMs).unref();
    this.#next();
  }

  #release(key: string): void {
    if (this.#waiting.get(key)?.length === 0) this.#waiting.delete(key);
    else this.#turns.push(key);
    this.#next();
  }

  #next(): void {
    while (this.#running < this.maxRunning) {
      const key = this.#turns.shift();
      if (key === undefined) return;
      this.#running += 1;
      this.#waiting.get(key)?.shift()?.start();
    }
  }
}
