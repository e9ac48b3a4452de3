import { type Limit, type Limiter, type Verdict } from "./limiter";

/**
 * Allows the first few calls of each key by this task's own count, so that the shared limiter is asked only about keys that exceed it. Few keys
 * do, and asking Redis would add to the cost of every call. In total, a key may use the shared limit plus this quota once for each task.
 */
export class LocalQuota {
  #taken = new Map<string, number>();
  #windowEnds = 0;

  constructor(
    private readonly quota: Limit,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Uses one call of the key's quota; false when none is left in this window. */
  take(key: string): boolean {
    this.#startWindow();
    const taken = this.#taken.get(key) ?? 0;
    if (taken >= this.quota.points) return false;
    this.#taken.set(key, taken + 1);
    return true;
  }

  /** All keys share one window, so that none needs a timer of its own. */
  #startWindow(): void {
    const now = this.now();
    if (now < this.#windowEnds) return;
    this.#taken = new Map();
    this.#windowEnds = now + this.quota.durationSec * 1000;
  }
}

const ALLOWED: Promise<Verdict> = Promise.resolve({ allowed: true });

/** Creates a limiter that asks the given one only about keys whose local quota is used up. */
export function withLocalQuota(quota: LocalQuota, limiter: Limiter): Limiter {
  return { consume: (key) => (quota.take(key) ? ALLOWED : limiter.consume(key)) };
}
