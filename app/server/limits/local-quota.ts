import { type Limit, type Limiter, type Verdict } from "./limiter";

/**
 * The first few of each key, by this task's own count: a limit is asked only for those that come more often. Nearly nobody does, and asking
 * the store would be a part of what everybody costs. Over all tasks a key may take the limit's points and this share once more for each task.
 */
export class LocalQuota {
  #taken = new Map<string, number>();
  #windowEnds = 0;

  constructor(
    private readonly share: Limit,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes one of the key's share; false when nothing is left of it in this window. */
  take(key: string): boolean {
    this.#beginWindow();
    const taken = this.#taken.get(key) ?? 0;
    if (taken >= this.share.points) return false;
    this.#taken.set(key, taken + 1);
    return true;
  }

  /** One window for all keys: forgetting all at once needs no timer for each. */
  #beginWindow(): void {
    const now = this.now();
    if (now < this.#windowEnds) return;
    this.#taken = new Map();
    this.#windowEnds = now + this.share.durationSec * 1000;
  }
}

const ALLOWED: Promise<Verdict> = Promise.resolve({ allowed: true });

/** A limiter that is asked only by keys that have used up their share. */
export function withLocalQuota(share: LocalQuota, limiter: Limiter): Limiter {
  return { consume: (key) => (share.take(key) ? ALLOWED : limiter.consume(key)) };
}
