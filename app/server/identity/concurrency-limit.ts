/** Too many wait already: try again later. */
export class Overloaded extends Error {
  override readonly name = "Busy";
}

/** Lets a few tasks run at once and a bounded number wait, first come, first served. */
export class ConcurrencyLimit {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly waiting: number,
  ) {}

  /** @throws Overloaded at once when too many wait */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.running >= this.atOnce) {
      if (this.queue.length >= this.waiting) throw new Overloaded("too many tasks are waiting for their turn");
      // Whoever ends hands their turn on: `running` stays as it is.
      await new Promise<void>((resolve) => this.queue.push(resolve));
    } else {
      this.running += 1;
    }
    try {
      return await task();
    } finally {
      const next = this.queue.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
