import * as kind from "../../../core/kinds";

/** What monitoring needs to know about an Application Load Balancer, from this package or not. */
export interface MonitoredLoadBalancer {
  /** End of the load balancer's ARN, `app/name/id`, as CloudWatch uses it. */
  readonly loadBalancerArnSuffix: string;
  /** End of each target group's ARN, `targetgroup/name/id`, by a name for its alarms: `{ app: … }`. */
  readonly targets: Readonly<Record<string, string>>;
  /**
   * Longest time that a target may hold a healthy request, in seconds: the ping interval with long-polling, 0 without.
   * @default 25 (Socket.IO's ping interval)
   */
  readonly longestHeldRequestSec?: number | undefined;
}

export const LOAD_BALANCER = kind.looseObject<MonitoredLoadBalancer>({
  loadBalancerArnSuffix: kind.string,
  targets: kind.record(kind.string),
  longestHeldRequestSec: kind.number,
});
