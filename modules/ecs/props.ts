import * as kind from "../core/kinds";
import { SERVICE_AUTOSCALING_PROPS, type ServiceAutoscaling } from "./autoscaling-props";
import { type Migration, MIGRATION_PROPS } from "./migration";
import {
  FAN_OUT,
  type FanOutProps,
  LOAD_BALANCER,
  type LoadBalancerTarget,
  METRIC,
  type MetricRef,
} from "./references";
import { SERVICE_KINDS, type ServiceKind } from "./service-kind";
import { TASK_PROPS, type TaskProps } from "./task-props";

const REVISIONS_OUTSIDE_TERRAFORM = ["revert", "follow", "ignore"] as const;

/** The props of every construct that keeps ECS tasks running. */
export interface EcsServiceProps extends TaskProps {
  /**
   * What the service does. `sockets` keeps connections open, so that more than one task needs `fanOut`, and a load balancer `drainSec`.
   * `http` answers requests and keeps no state between them. `worker` fetches its work itself: no port, no load balancer.
   * @default "sockets"
   */
  readonly kind?: ServiceKind | undefined;
  /**
   * TCP port for HTTP and WebSocket, 1024 to 65535: a user who is not root cannot listen on lower ports. Required, except for a `worker`,
   * which has none.
   */
  readonly containerPort?: number | undefined;
  /**
   * Health check inside the container, in ECS's form: `["CMD", "node", "health.js"]`. A failed one replaces the task.
   * @default the load balancer's check alone
   */
  readonly healthCheckCommand?: readonly string[] | undefined;
  /**
   * Longest time from the start of the container until it is healthy, in seconds.
   * @default 60
   */
  readonly bootSec?: number | undefined;
  /**
   * Seconds that the app needs from SIGTERM until its last connection is closed, at most 110. Required with `loadBalancer` for `sockets`.
   * @default 20
   */
  readonly drainSec?: number | undefined;
  /**
   * A container that has to succeed before the app's container starts: a failed migration is never rolled out.
   * @default none
   */
  readonly migration?: Migration | undefined;
  /**
   * Load balancer that sends requests to the tasks. Allows its port between both security groups, and nothing else.
   * @default no ingress
   */
  readonly loadBalancer?: LoadBalancerTarget | undefined;
  /**
   * How an event reaches the sockets of other tasks. Required for `sockets` when there can be more than one task: without it a
   * message reaches only the clients on the sender's task.
   * @default one task
   */
  readonly fanOut?: FanOutProps | undefined;
  /**
   * Tasks to start with, 0 to 5000; with autoscaling the number changes later, and no apply changes it back.
   * @default `autoscaling.minCount`, else 2
   */
  readonly desiredCount?: number | undefined;
  /**
   * Changes the number of tasks with load and on schedules.
   * @default `desiredCount` tasks, always
   */
  readonly autoscaling?: ServiceAutoscaling | undefined;
  /**
   * The app's gauge of open connections, for `autoscaling.connectionsPerTask`.
   * @default none
   */
  readonly connectionMetric?: MetricRef | undefined;
  /**
   * Fewest healthy tasks during a deploy, in percent of the desired count.
   * @default 100
   */
  readonly minimumHealthyPercent?: number | undefined;
  /**
   * Most tasks during a deploy, in percent of the desired count.
   * @default 200
   */
  readonly maximumPercent?: number | undefined;
  /**
   * Alarms that fail and roll back a deploy in progress. A deploy with alarms takes longer, because ECS watches them afterwards.
   * @default none
   */
  readonly rollbackAlarmNames?: readonly string[] | undefined;
  /**
   * Seconds in which a new task's failing health checks do not count.
   * @default `bootSec`, the migration's `timeoutSec` and the load balancer's `healthySec` together
   */
  readonly healthCheckGracePeriodSec?: number | undefined;
  /**
   * How long Terraform waits for a deploy at most, in seconds. Props with which a deploy can take longer are refused.
   * @default 1800
   */
  readonly deployTimeoutSec?: number | undefined;
  /**
   * Whether an apply waits for the deploy, and fails when it fails or is rolled back.
   * @default true
   */
  readonly waitForSteadyState?: boolean | undefined;
  /**
   * What Terraform does about task definitions that another program registers in this family. `revert`: the next apply returns to Terraform's
   * own revision. `follow`: Terraform takes the latest active revision for its own, so that one with the same image and settings is no
   * difference. `ignore`: the service keeps the revision that the program gave it; Terraform registers its own as a template for the next.
   * @default "revert"
   */
  readonly revisionsOutsideTerraform?: (typeof REVISIONS_OUTSIDE_TERRAFORM)[number] | undefined;
  /**
   * Lets people with the permission open a shell in a running container (ECS Exec); off in production.
   * @default false
   */
  readonly enableExecuteCommand?: boolean | undefined;
}

export const ECS_SERVICE_PROPS: kind.Shape<EcsServiceProps> = {
  ...TASK_PROPS,
  kind: kind.literalOneOf(
    SERVICE_KINDS,
    "A service that keeps no connections open is http, one without a port a worker.",
  ),
  containerPort: kind.number,
  healthCheckCommand: kind.array(kind.string),
  bootSec: kind.number,
  drainSec: kind.number,
  migration: kind.object(MIGRATION_PROPS),
  loadBalancer: LOAD_BALANCER,
  fanOut: FAN_OUT,
  desiredCount: kind.number,
  autoscaling: kind.object(SERVICE_AUTOSCALING_PROPS),
  connectionMetric: METRIC,
  minimumHealthyPercent: kind.number,
  maximumPercent: kind.number,
  rollbackAlarmNames: kind.array(kind.string),
  healthCheckGracePeriodSec: kind.number,
  deployTimeoutSec: kind.number,
  waitForSteadyState: kind.boolean,
  revisionsOutsideTerraform: kind.literalOneOf(
    REVISIONS_OUTSIDE_TERRAFORM,
    "Choose ignore where a pipeline registers task definitions.",
  ),
  enableExecuteCommand: kind.boolean,
};
