import { type Checks, formatValue } from "./checks";
import { isUnresolved } from "./tokens";

/** How both ends notice a dead connection: the server pings, the client answers (Engine.IO). */
export interface Heartbeat {
  /** Seconds between two pings of the server. Socket.IO's default is 25. */
  readonly pingIntervalSec: number;
  /** Seconds that the server waits for the client's answer. Socket.IO's default is 20. */
  readonly pingTimeoutSec: number;
}

/** Seconds by which an idle timeout exceeds the longest silence of a healthy connection, for a slow network or a busy event loop. */
export const IDLE_HEAD_ROOM_SEC = 15;

/** Returns the longest time, in seconds, in which a healthy connection carries no byte. */
export function longestSilenceSec({ pingIntervalSec, pingTimeoutSec }: Heartbeat): number {
  return pingIntervalSec + pingTimeoutSec;
}

/** Returns the shortest idle timeout, in seconds, that never closes a healthy connection. */
export function shortestIdleTimeoutSec(heartbeat: Heartbeat): number {
  return longestSilenceSec(heartbeat) + IDLE_HEAD_ROOM_SEC;
}

/** Requires literal whole seconds above 0. @returns whether they are */
export function checkHeartbeat(checks: Checks, prop: string, heartbeat: Heartbeat): boolean {
  const values = [heartbeat?.pingIntervalSec, heartbeat?.pingTimeoutSec];
  const valid = values.every((value) => !isUnresolved(value) && Number.isInteger(value) && value > 0);
  checks.require(valid, {
    code: "core/heartbeat",
    prop,
    expected: "pingIntervalSec and pingTimeoutSec, literal whole numbers above 0",
    got: formatValue(heartbeat),
    remedy: "Timeouts are computed from them at synth. They are in seconds here, in milliseconds in Socket.IO.",
  });
  return valid;
}
