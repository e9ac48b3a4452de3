/**
 * A service keeps up while it acknowledges every message, and 99 of 100 within this time: beyond it people see that something waits,
 * and a queue that grows is there within a trial.
 */
export const MOST_ACK_P99_MS = 1000;
