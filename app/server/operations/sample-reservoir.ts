/** Most values of one metric in one report: the embedded metric format takes no more than 100 in an array. */
const CAPACITY = 100;

/** A fair choice of the values of one interval (reservoir sampling), so that percentiles come out right whatever their number was. */
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

  /** The values since the last call. */
  take(): readonly number[] {
    const values = this.#values;
    this.#values = [];
    this.#seen = 0;
    return values;
  }
}
