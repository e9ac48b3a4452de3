/** Events that are being answered. A task that shuts down takes no new ones and waits for these. */
export class InFlightEvents {
  #count = 0;
  #draining = false;
  #settled: (() => void)[] = [];

  /** Whether new events are refused. */
  get draining(): boolean {
    return this.#draining;
  }

  get count(): number {
    return this.#count;
  }

  /** Runs one event's handler; what it throws goes through. */
  async track<T>(handle: () => Promise<T> | T): Promise<T> {
    this.#count += 1;
    try {
      return await handle();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) for (const resolve of this.#settled.splice(0)) resolve();
    }
  }

  /** Refuses new events from now on; resolves when the last one under way is answered. */
  drain(): Promise<void> {
    this.#draining = true;
    if (this.#count === 0) return Promise.resolve();
    return new Promise((resolve) => this.#settled.push(resolve));
  }
}
