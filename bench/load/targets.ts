/**
 * A service keeps up while it acknowledges every message, 99 % of them within this time. Beyond it users notice the delay, and a
 * growing queue exceeds it within one trial.
 */
export const MAX_ACK_P99_MS = 1000;
