import { type Checks, formatValue } from "../../core/checks";
import { checkHeartbeat, IDLE_HEAD_ROOM_SEC, longestSilenceSec, shortestIdleTimeoutSec } from "../../core/heartbeat";
import { literal } from "../../core/tokens";
import { type CompleteAlbWebsocketProps } from "../defaults";
import { LONGEST_IDLE_TIMEOUT_SEC } from "../idle-timeout";

/** Checks that the idle timeout is longer than the longest silence of a healthy connection. */
export function checkTimeouts(
  checks: Checks,
  { heartbeat, idleTimeoutSec, clientKeepAliveSec }: CompleteAlbWebsocketProps,
): void {
  checks.integer(
    "clientKeepAliveSec",
    clientKeepAliveSec,
    { min: 60, max: 604_800, unit: "seconds" },
    "AWS's default is 3600.",
  );
  const range = { min: 1, max: LONGEST_IDLE_TIMEOUT_SEC, unit: "seconds" };
  checks.integer("idleTimeoutSec", idleTimeoutSec, range, "Leave it out to have it computed from the heartbeat.");
  if (!checkHeartbeat(checks, "heartbeat", heartbeat)) return;
  const shortest = shortestIdleTimeoutSec(heartbeat);
  checks.require(shortest <= LONGEST_IDLE_TIMEOUT_SEC, {
    code: "alb-websocket/heartbeat-too-slow",
    prop: "heartbeat",
    expected: `an interval and a timeout that fit into an idle timeout of ${LONGEST_IDLE_TIMEOUT_SEC} s`,
    got: `${longestSilenceSec(heartbeat)} s + ${IDLE_HEAD_ROOM_SEC} s of head-room`,
    remedy: "Ping more often; Socket.IO's defaults of 25 s and 20 s work well.",
  });
  const idleTimeout = literal(idleTimeoutSec);
  checks.require(idleTimeout === undefined || idleTimeout >= shortest, {
    code: "alb-websocket/idle-timeout-too-short",
    prop: "idleTimeoutSec",
    expected: `at least ${shortest} s (ping interval ${heartbeat.pingIntervalSec} s + ping timeout ${heartbeat.pingTimeoutSec} s + head-room)`,
    got: formatValue(idleTimeout),
    remedy: "A shorter timeout closes healthy connections. Leave it out to have it computed.",
  });
}
