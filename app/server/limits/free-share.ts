import { type Limit, type Limiter, type Verdict } from "./limiter";

const ALLOWED: Promise<Verdict> = Promise.resolve({ allowed: true });

/**
 * Lets the first few of each key through by this task's own count, and asks the limit itself only for those that come more often: nearly
 * nobody does, and asking the store would be a part of what everybody costs. Over all tasks a key may take the limit's points and this share
 * once more for each task.
 */
export class FreeShare implements Limiter {
  #taken = new Map<string, number>();
  #windowEnds = 0;

  constructor(
    private readonly share: Limit,
    private readonly limiter: Limiter,
    private readonly now: () => number = () => performance.now(),
  ) {}

  consume(key: string): Promise<Verdict> {
    this.#beginWindow();
    const taken = this.#taken.get(key) ?? 0;
    if (taken >= this.share.points) return this.limiter.consume(key);
    this.#taken.set(key, taken + 1);
    return ALLOWED;
  }

  /** One window for all keys: forgetting all at once needs no timer for each. */
  #beginWindow(): void {
    const now = this.now();
    if (now < this.#windowEnds) return;
    this.#taken = new Map();
    this.#windowEnds = now + this.share.durationSec * 1000;
  }
}
