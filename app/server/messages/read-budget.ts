/** What one reader may read at once, and what is added to that per second. */
export interface ReadAllowance {
  readonly rows: number;
  readonly bytes: number;
  readonly rowsPerSec: number;
  readonly bytesPerSec: number;
}

/** What a read costs besides its messages, in rows: the query itself. */
export const ROWS_PER_READ = 5;

interface Balance {
  rows: number;
  bytes: number;
  at: number;
}

/**
 * Counts what each reader has read: a token bucket of rows and one of bytes. What a read costs is known only afterwards, so that a balance may
 * become negative; the next read has to wait until it is positive again.
 */
export class ReadBudget {
  readonly #balances = new Map<string, Balance>();

  constructor(
    private readonly allowance: ReadAllowance,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Returns the milliseconds until the reader may read again; 0 when they may now. */
  waitMs(reader: string): number {
    const { rowsPerSec, bytesPerSec } = this.allowance;
    const { rows, bytes } = this.#balance(reader);
    return Math.ceil(Math.max(0, -rows / rowsPerSec, -bytes / bytesPerSec) * 1000);
  }

  charge(reader: string, rows: number, bytes: number): void {
    const balance = this.#balance(reader);
    balance.rows -= rows + ROWS_PER_READ;
    balance.bytes -= bytes;
    this.#balances.delete(reader);
    this.#balances.set(reader, balance);
    this.#forget();
  }

  #balance(reader: string): Balance {
    const { rows, bytes, rowsPerSec, bytesPerSec } = this.allowance;
    const now = this.now();
    const known = this.#balances.get(reader);
    if (known === undefined) return { rows, bytes, at: now };
    const seconds = (now - known.at) / 1000;
    known.rows = Math.min(rows, known.rows + seconds * rowsPerSec);
    known.bytes = Math.min(bytes, known.bytes + seconds * bytesPerSec);
    known.at = now;
    return known;
  }

  /** Forgets the readers at the front, who have read nothing for the longest time, once they have their whole allowance again. */
  #forget(): void {
    for (const reader of this.#balances.keys()) {
      const { rows, bytes } = this.#balance(reader);
      if (rows < this.allowance.rows || bytes < this.allowance.bytes) return;
      this.#balances.delete(reader);
    }
  }
}
