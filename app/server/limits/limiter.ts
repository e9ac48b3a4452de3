import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { contract } from "../../contract";

/** Longest that a caller waits for Redis to count, in milliseconds; after it this task's own count decides. */
const STORE_PATIENCE_MS = 300;

export interface Limit {
  /** What is limited; part of the key in Redis: `login`, `handshake`. */
  readonly name: string;
  /** Allowed in one window. */
  readonly points: number;
  /** Length of the window in seconds, from the first point of a key. */
  readonly durationSec: number;
}

/** Allowed; or how long to wait in milliseconds, and how many times the limit was asked for in this window (2 is twice of it). */
export type Verdict =
  { readonly allowed: true } | { readonly allowed: false; readonly retryAfterMs: number; readonly excess: number };

/** Counts attempts of a key: an address, an account, a socket. */
export interface Limiter {
  /** Takes one point; never rejects. */
  consume(key: string): Promise<Verdict>;
}

const ALLOWED: Verdict = { allowed: true };

/** A limit of this task alone: for what lives on one task, such as a socket. */
export function taskLimiter({ name, points, durationSec }: Limit): Limiter {
  const memory = new RateLimiterMemory({ keyPrefix: name, points, duration: durationSec });
  return { consume: (key) => memory.consume(key).then(() => ALLOWED, refusedBy(points)) };
}

/**
 * A limit over all tasks, counted in Redis. While Redis is away, hung or slow, each task counts for itself in memory: the limit
 * then holds per task, and nobody is locked out because a cache is down.
 *
 * @param redis a node-redis client or cluster; `undefined` where there is one task only
 */
export function sharedLimiter(limit: Limit, redis: object | undefined): Limiter {
  const { name, points, durationSec } = limit;
  const own = taskLimiter(limit);
  if (redis === undefined) return own;
  const shared = new RateLimiterRedis({
    storeClient: redis,
    useRedisPackage: true,
    rejectIfRedisNotReady: true,
    keyPrefix: `${contract.container.redis.keyPrefix}limit:${name}`,
    points,
    duration: durationSec,
  });
  return {
    consume: (key) =>
      withPatience(shared.consume(key)).then(
        () => ALLOWED,
        (reason: unknown) => (reason instanceof RateLimiterRes ? refusedBy(points)(reason) : own.consume(key)),
      ),
  };
}

function refusedBy(points: number): (reason: unknown) => Verdict {
  return (reason) => {
    if (!(reason instanceof RateLimiterRes)) throw reason;
    return { allowed: false, retryAfterMs: Math.max(1, reason.msBeforeNext), excess: reason.consumedPoints / points };
  };
}

/** The answer, or a rejection when it takes too long; a late answer is of no interest any more. */
function withPatience<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the limiter's store is slow")), STORE_PATIENCE_MS);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
