/** All times of the client, in milliseconds. Jitter spreads what many clients may do at the same moment. */
export const DEFAULT_TIMINGS = {
  /** Longest time from opening a connection until the server accepts it. */
  connectMs: 15_000,
  /** Longest wait for an acknowledgement. After it the outcome is unknown, and the message is sent again under the same id. */
  ackMs: 10_000,
  /** First and longest delay between two attempts. */
  backoff: { baseMs: 1_000, maxMs: 15_000 },
  /** A connection that breaks sooner counts as a failed attempt, so that a server that accepts and drops connections is not flooded. */
  stableMs: 10_000,
  /** Longest delay until the next attempt after the machine wakes up or is online again. */
  wakeMs: 500,
  /** Time for a gap in the sequence to fill without a sync: two deliveries may overtake each other. */
  gapMs: 200,
  /** Time between two syncs without any hint, which find what every other mechanism missed. */
  periodicSyncMs: 120_000,
  /** Shortest time between two typing events, and how long a received one is shown. */
  typingMs: 3_000,
  typingShownMs: 6_000,
} as const;

export type Timings = {
  readonly [K in keyof typeof DEFAULT_TIMINGS]: (typeof DEFAULT_TIMINGS)[K] extends number ? number : BackoffTimes;
};

export interface BackoffTimes {
  readonly baseMs: number;
  readonly maxMs: number;
}

/** Returns the delay before a retry (`attempt` 0 is the first): doubles up to `maxMs`, times 0.5 to 1.5. */
export function backoffMs(attempt: number, { baseMs, maxMs }: BackoffTimes, random: () => number): number {
  return jittered(Math.min(maxMs, baseMs * 2 ** Math.min(attempt, 30)), random);
}

/**
 * Returns the delay before a lost connection is opened again. The first attempt comes at a random moment within `baseMs`, so that a short
 * interruption stays short while many clients are still spread; later attempts back off.
 */
export function reconnectMs(attempt: number, times: BackoffTimes, random: () => number): number {
  return attempt === 0 ? random() * times.baseMs : backoffMs(attempt - 1, times, random);
}

/** Returns 0.5 to 1.5 times `ms`. */
export function jittered(ms: number, random: () => number): number {
  return ms * (0.5 + random());
}
