import { type Heartbeat, shortestIdleTimeoutSec } from "../core/heartbeat";

/** AWS's default, which most other software expects, in seconds. */
const USUAL_IDLE_TIMEOUT_SEC = 60;

/** Longest idle timeout that AWS allows, in seconds. Source: ELBv2 API reference, LoadBalancerAttribute. */
export const LONGEST_IDLE_TIMEOUT_SEC = 4000;

/** Returns the usual idle timeout, or a longer one where the heartbeat needs it, in seconds. */
export function defaultIdleTimeoutSec(heartbeat: Heartbeat): number {
  return Math.max(USUAL_IDLE_TIMEOUT_SEC, shortestIdleTimeoutSec(heartbeat));
}
