import { type Heartbeat } from "./heartbeat";

/** Longest that Fargate waits between SIGTERM and SIGKILL, in seconds. Source: ECS API reference, ContainerDefinition.stopTimeout. */
export const FARGATE_MAX_STOP_TIMEOUT_SEC = 120;

/** Seconds between the end of the app's drain and SIGKILL: for flushing logs, closing pools, a busy processor. */
export const STOP_MARGIN_SEC = 10;

/** Seconds of slack on the longest in-flight HTTP request when a target is deregistered. */
const IN_FLIGHT_MARGIN_SEC = 5;

/** Shortest deregistration delay, in seconds, for an app without long-polling: the time of one ordinary request. */
const WEBSOCKET_ONLY_DELAY_SEC = 15;

/** Returns the seconds from SIGTERM to SIGKILL for an app that drains for `drainSec`. */
export function stopTimeoutSec(drainSec: number): number {
  return drainSec + STOP_MARGIN_SEC;
}

/**
 * Returns the shortest deregistration delay, in seconds, that lets every in-flight request finish. While one WebSocket is open,
 * ECS waits for the whole delay before SIGTERM, so a longer one would slow down every step of a deploy. A long-polling request
 * is held for up to one ping interval.
 */
export function shortestDeregistrationDelaySec(heartbeat: Heartbeat, longPolling: boolean): number {
  return longPolling
    ? Math.max(WEBSOCKET_ONLY_DELAY_SEC, heartbeat.pingIntervalSec + IN_FLIGHT_MARGIN_SEC)
    : WEBSOCKET_ONLY_DELAY_SEC;
}

export interface RollingDeploy {
  readonly desiredCount: number;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  /** Seconds from the start of a task until the load balancer sends it traffic, migration included. */
  readonly startSec: number;
  readonly deregistrationDelaySec: number;
  readonly stopTimeoutSec: number;
}

/** Returns how many tasks a rolling deploy can replace at a time; 0 means that it can never make progress. */
export function replaceableAtOnce({ desiredCount, minimumHealthyPercent, maximumPercent }: RollingDeploy): number {
  const ceiling = Math.floor((desiredCount * maximumPercent) / 100);
  const floor = Math.ceil((desiredCount * minimumHealthyPercent) / 100);
  return Math.max(0, Math.min(desiredCount, ceiling - floor));
}

/** Returns how long a rolling deploy takes at most when nothing fails, in seconds; infinite when it can make no progress. */
export function worstCaseDeploySec(deploy: RollingDeploy): number {
  const atOnce = replaceableAtOnce(deploy);
  if (atOnce === 0) return Number.POSITIVE_INFINITY;
  const waves = Math.ceil(deploy.desiredCount / atOnce);
  return waves * (deploy.startSec + deploy.deregistrationDelaySec + deploy.stopTimeoutSec);
}
