import * as kind from "../core/kinds";

/** How the load balancer decides whether a target can receive requests. */
export interface HealthCheck {
  /** Path whose answer depends on nothing outside the task. */
  readonly path?: string | undefined;
  /** Successes in a row after which a target is healthy, 2 to 10. */
  readonly healthyThreshold?: number | undefined;
  /** Failures in a row after which a target is unhealthy, 2 to 10. */
  readonly unhealthyThreshold?: number | undefined;
  /** Seconds to wait for the answer, 2 to 120; less than the interval. */
  readonly timeoutSec?: number | undefined;
  /** Seconds between two checks, 5 to 300. */
  readonly intervalSec?: number | undefined;
  /** Status codes that count as success: `200`, `200,204` or `200-299`. */
  readonly matcher?: string | undefined;
}

export const HEALTH_CHECK_PROPS: kind.Shape<HealthCheck> = {
  path: kind.string,
  healthyThreshold: kind.number,
  unhealthyThreshold: kind.number,
  timeoutSec: kind.number,
  intervalSec: kind.number,
  matcher: kind.string,
};
