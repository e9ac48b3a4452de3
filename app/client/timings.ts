/** All times of the client, in milliseconds. Whatever many clients may do at once is spread by jitter. */
export const DEFAULT_TIMINGS = {
  /** Longest from opening a connection until the server has accepted it. */
  connectMs: 15_000,
  /** Longest wait for an acknowledgement; afterwards the outcome is unknown, and the same id is sent again. */
  ackMs: 10_000,
  /** First delay between two attempts, and the longest. */
  backoff: { baseMs: 1_000, maxMs: 15_000 },
  /** A connection that lasted shorter than this counts as another failed attempt: a server that accepts and drops is not hammered. */
  stableMs: 10_000,
  /** After coming back from sleep or to the network: at most this much later. */
  wakeMs: 500,
  /** A gap in the sequence is given this long to fill by itself: two deliveries may overtake each other. */
  gapMs: 200,
  /** Belt and braces: what no hint told of is found by then. */
  periodicSyncMs: 120_000,
  /** At most one "is typing" in this time, and how long one is shown. */
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

/** Delay before attempt number `attempt` (0 is the first retry): doubles up to the longest, times 0.5 to 1.5. */
export function backoffMs(attempt: number, { baseMs, maxMs }: BackoffTimes, random: () => number): number {
  return jittered(Math.min(maxMs, baseMs * 2 ** Math.min(attempt, 30)), random);
}

/**
 * Delay before a lost connection is opened again. The first try is at any moment of the base, so that a short gap is short and a herd is
 * spread all the same; only what fails again backs off.
 */
export function reconnectMs(attempt: number, times: BackoffTimes, random: () => number): number {
  return attempt === 0 ? random() * times.baseMs : backoffMs(attempt - 1, times, random);
}

/** Half to one and a half times as long. */
export function jittered(ms: number, random: () => number): number {
  return ms * (0.5 + random());
}
