/** Most values of one metric in a report: CloudWatch's embedded metric format allows 100 in an array. */
const CAPACITY = 100;

/** Keeps a uniform random sample of an interval's values (reservoir sampling), so that percentiles stay right for any number of them. */
export class SampleReservoir {
  #values: number[] = [];
  #seen = 0;

  add(value: number): void {
    this.#seen += 1;
    if (this.#values.length < CAPACITY) {
      this.#values.push(value);
      return;
    }
    const place = Math.floor(Math.random() * this.#seen);
    if (place < CAPACITY) this.#values[place] = value;
  }

  /** Returns the sample since the last call and starts a new one. */
  take(): readonly number[] {
    const values = this.#values;
    this.#values = [];
    this.#seen = 0;
    return values;
  }
}
