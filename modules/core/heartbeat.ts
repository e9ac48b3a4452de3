/** How Socket.IO (Engine.IO) finds out that a connection is dead: the server pings, the client answers. */
export interface Heartbeat {
  /** Seconds between two pings of the server. Socket.IO's default is 25. */
  readonly pingIntervalSec: number;
  /** Seconds that the server waits for the answer. Socket.IO's default is 20. */
  readonly pingTimeoutSec: number;
}

/** Seconds of slack between the longest healthy silence and anything that cuts idle connections: a slow network, a busy loop. */
export const IDLE_HEAD_ROOM_SEC = 15;

/** Longest time, in seconds, for which a healthy connection may carry no byte. */
export function longestSilenceSec({ pingIntervalSec, pingTimeoutSec }: Heartbeat): number {
  return pingIntervalSec + pingTimeoutSec;
}

/** Shortest idle timeout, in seconds, that never cuts a healthy connection. */
export function shortestIdleTimeoutSec(heartbeat: Heartbeat): number {
  return longestSilenceSec(heartbeat) + IDLE_HEAD_ROOM_SEC;
}
