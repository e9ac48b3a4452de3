/** Counts the events that are being answered. A task that drains takes no new ones and waits for these. */
export class InFlightEvents {
  #count = 0;
  #draining = false;
  #waiting: (() => void)[] = [];

  /** Whether new events are refused. */
  get draining(): boolean {
    return this.#draining;
  }

  get count(): number {
    return this.#count;
  }

  /** Counts an event as in flight while its handler runs. Errors of the handler are passed on. */
  async track<T>(handle: () => Promise<T> | T): Promise<T> {
    this.#count += 1;
    try {
      return await handle();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) for (const resolve of this.#waiting.splice(0)) resolve();
    }
  }

  /** Refuses new events from now on; resolves when the last one in flight is answered. */
  drain(): Promise<void> {
    this.#draining = true;
    if (this.#count === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
