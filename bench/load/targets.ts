/** A service keeps up while it has acknowledged this share of a step's messages by the time the last one is sent … */
export const LEAST_IN_TIME = 0.99;
/** … and while this many milliseconds are enough for 99 of 100 of them: beyond it people see that something waits. */
export const MOST_ACK_P99_MS = 1000;
