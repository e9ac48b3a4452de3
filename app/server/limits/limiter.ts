import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { contract } from "../../contract";

/** Longest wait for Redis to count, in milliseconds; after that, this task's own count decides. */
const STORE_TIMEOUT_MS = 300;

export interface Limit {
  /** What is limited, such as `handshake`; part of the key in Redis. */
  readonly name: string;
  /** Calls that are allowed in one window. */
  readonly points: number;
  /** Length of the window in seconds, from the first call of a key. */
  readonly durationSec: number;
}

/** Whether a call is allowed. If not: the milliseconds to wait, and the calls in this window as a multiple of the limit. */
export type Verdict =
  { readonly allowed: true } | { readonly allowed: false; readonly retryAfterMs: number; readonly excess: number };

/** Counts calls of a key: an address, an account, a socket. */
export interface Limiter {
  /** Counts one call; never rejects. */
  consume(key: string): Promise<Verdict>;
}

const ALLOWED: Verdict = { allowed: true };

/** Creates a limiter that counts on this task only, for keys that exist on one task, such as sockets. */
export function taskLimiter({ name, points, durationSec }: Limit): Limiter {
  const memory = new RateLimiterMemory({ keyPrefix: name, points, duration: durationSec });
  return { consume: (key) => memory.consume(key).then(() => ALLOWED, refusedBy(points)) };
}

/**
 * Creates a limiter that counts over all tasks, in Redis. While Redis is unavailable or slow, each task counts for itself in memory: the
 * limit then applies per task, and nobody is locked out because a cache is down.
 *
 * @param redis a node-redis client or cluster; `undefined` with a single task
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
      withTimeout(shared.consume(key)).then(
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

/** Rejects when the answer takes too long; a late answer is ignored. */
function withTimeout<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the limiter's store is slow")), STORE_TIMEOUT_MS);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
