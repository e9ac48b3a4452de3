import * as kind from "../core/kinds";
import { type WithDefaults } from "../core/props";

/** How App Runner tells that an instance is healthy, before it sends traffic there and afterwards. */
export interface AppRunnerHealthCheck {
  /**
   * Path that answers 200 while the instance accepts requests.
   * @default "/api/health"
   */
  readonly path?: string | undefined;
  /**
   * Seconds between two checks, 1 to 20.
   * @default 5
   */
  readonly intervalSec?: number | undefined;
  /**
   * Seconds after which a check counts as failed, 1 to 20.
   * @default 2
   */
  readonly timeoutSec?: number | undefined;
  /**
   * Successful checks until an instance is healthy, 1 to 20.
   * @default 1
   */
  readonly healthyThreshold?: number | undefined;
  /**
   * Failed checks until an instance is unhealthy, 1 to 20. Times `intervalSec`, it is the longest time that a new instance may take to start.
   * @default 20
   */
  readonly unhealthyThreshold?: number | undefined;
}

export const healthCheckDefaults = {
  path: "/api/health",
  intervalSec: 5,
  timeoutSec: 2,
  healthyThreshold: 1,
  unhealthyThreshold: 20,
} as const satisfies AppRunnerHealthCheck;

export type CompleteHealthCheck = WithDefaults<AppRunnerHealthCheck, typeof healthCheckDefaults>;

export const HEALTH_CHECK_PROPS: kind.Shape<AppRunnerHealthCheck> = {
  path: kind.string,
  intervalSec: kind.number,
  timeoutSec: kind.number,
  healthyThreshold: kind.number,
  unhealthyThreshold: kind.number,
};
