import { type Checks, formatValue } from "../../core/checks";
import { checkHeartbeat, type Heartbeat, IDLE_HEAD_ROOM_SEC, shortestIdleTimeoutSec } from "../../core/heartbeat";
import { literal } from "../../core/tokens";
import { type CompleteCdnProps } from "../defaults";

/**
 * Seconds without traffic after which CloudFront closes a WebSocket; it cannot be changed.
 * Source: CloudFront developer guide, "Quotas", "Quotas on WebSocket connections".
 */
export const WEBSOCKET_IDLE_TIMEOUT_SEC = 600;
/** Longest origin timeouts, in seconds, without a raised quota. Source: AWS knowledge center, "increase the response and keep-alive timeout quotas". */
const LONGEST_ORIGIN_TIMEOUT_SEC = 180;

/** Checks the origin timeouts against the load balancer's idle timeout and the heartbeat. */
export function checkTimeouts(checks: Checks, props: CompleteCdnProps): void {
  const { heartbeat, readTimeoutSec, keepaliveTimeoutSec, origin } = props;
  const range = { min: 1, max: LONGEST_ORIGIN_TIMEOUT_SEC, unit: "seconds" };
  checks.integer("readTimeoutSec", readTimeoutSec, range, "AWS raises the quota on request.");
  checks.integer("keepaliveTimeoutSec", keepaliveTimeoutSec, range, "AWS raises the quota on request.");
  const [keepalive, idle] = [literal(keepaliveTimeoutSec), literal(origin?.idleTimeoutSec)];
  checks.require(typeof keepalive !== "number" || typeof idle !== "number" || keepalive < idle, {
    code: "cdn/keepalive-too-long",
    prop: "keepaliveTimeoutSec",
    expected: `less than the load balancer's idle timeout of ${String(idle)} s`,
    got: formatValue(keepalive),
    remedy:
      "Otherwise the load balancer sometimes closes a connection while a request is on its way, which fails with 502.",
  });
  if (checkHeartbeat(checks, "heartbeat", heartbeat)) checkAgainstHeartbeat(checks, heartbeat, literal(readTimeoutSec));
}

function checkAgainstHeartbeat(checks: Checks, heartbeat: Heartbeat, readTimeoutSec: number | undefined): void {
  const { pingIntervalSec, pingTimeoutSec } = heartbeat;
  const longestSilence = shortestIdleTimeoutSec(heartbeat);
  checks.require(longestSilence <= WEBSOCKET_IDLE_TIMEOUT_SEC, {
    code: "cdn/heartbeat-too-slow",
    prop: "heartbeat",
    expected: `ping interval + ping timeout + head-room within CloudFront's ${WEBSOCKET_IDLE_TIMEOUT_SEC} s for a silent WebSocket`,
    got: `${pingIntervalSec} s + ${pingTimeoutSec} s + ${IDLE_HEAD_ROOM_SEC} s`,
    remedy: "Ping more often; Socket.IO's defaults of 25 s and 20 s work well.",
  });
  // The next ping at the latest answers a long-polling request.
  const shortest = pingIntervalSec + IDLE_HEAD_ROOM_SEC;
  checks.require(readTimeoutSec === undefined || readTimeoutSec >= shortest, {
    code: "cdn/read-timeout-too-short",
    prop: "readTimeoutSec",
    expected: `at least ${shortest} s (ping interval ${pingIntervalSec} s + head-room)`,
    got: formatValue(readTimeoutSec),
    remedy: "Idle long-polling requests would end in 504.",
  });
}
