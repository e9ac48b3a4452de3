import { LOG_RETENTION_DAYS, type LogRetentionDays } from "../core/log-retention";
import { POLICY_STATEMENT, type PolicyStatement } from "../core/iam-policy";
import * as kind from "../core/kinds";
import { SERVICE_AUTOSCALING_PROPS, type ServiceAutoscaling } from "./autoscaling-props";
import { type Migration, MIGRATION_PROPS } from "./migration";
import {
  CONNECTION,
  type ConnectionTarget,
  FAN_OUT,
  type FanOutProps,
  LOAD_BALANCER,
  type LoadBalancerTarget,
  METRIC,
  type MetricRef,
  TASK_NETWORK,
  type TaskNetwork,
} from "./references";
import { SECRET_VARIABLES, type SecretVariables } from "./secrets";
import { SERVICE_KINDS, type ServiceKind } from "./service-kind";

const REVISIONS_OUTSIDE_TERRAFORM = ["revert", "follow", "ignore"] as const;

/** The props of every construct that runs ECS tasks. */
export interface EcsServiceProps {
  /** Stem of all physical names, for example `messenger-crm-prod`. */
  readonly name: string;
  readonly network: TaskNetwork;
  /** What to run: a digest (`repo@sha256:…`) or an immutable tag, never `latest`. */
  readonly image: string;
  /**
   * ARN of the ECR repository that the image is pulled from; needed when `image` is known only at apply.
   * @default read from `image`; no permission to pull when that is not in ECR
   */
  readonly repositoryArn?: string | undefined;
  /** @default "app" */
  readonly containerName?: string | undefined;
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
   * Replaces the image's CMD, in exec form.
   * @default the image's own
   */
  readonly command?: readonly string[] | undefined;
  /**
   * User, or user:group, that the containers run as; never root. The image has to declare `VOLUME /tmp` with mode 1777, or
   * that user cannot write there: Fargate mounts a volume as owned by root with mode 0755 unless the image declares it.
   * @default "1001:1001"
   */
  readonly user?: string | undefined;
  /**
   * Variables in plain text; everybody who may read the task definition sees them.
   * @default none
   */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /**
   * Secret variables and where their values are stored. ECS reads them when a container starts and never again: a rotated value reaches running
   * tasks with the next deploy.
   * @default none
   */
  readonly secrets?: SecretVariables | undefined;
  /**
   * Reasons why variables that look secret may be in `environment`, by variable name.
   * @default none
   */
  readonly plainTextReasons?: Readonly<Record<string, string>> | undefined;
  /**
   * Customer managed keys that the secrets are encrypted with.
   * @default none: secrets under the AWS managed key need no permission
   */
  readonly secretKmsKeyArns?: readonly string[] | undefined;
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
   * Days to keep the logs.
   * @default 30
   */
  readonly logRetentionDays?: LogRetentionDays | undefined;
  /**
   * Customer managed key for the logs; its policy must let CloudWatch Logs use it.
   * @default encryption with a key that AWS owns
   */
  readonly kmsKeyArn?: string | undefined;

  /**
   * Load balancer that sends requests to the tasks. Allows its port between both security groups, and nothing else.
   * @default no ingress
   */
  readonly loadBalancer?: LoadBalancerTarget | undefined;
  /**
   * What tasks connect to, by a short name of your choice; allows its port between both security groups.
   * @default none
   */
  readonly connections?: Readonly<Record<string, ConnectionTarget>> | undefined;
  /**
   * CIDR blocks that tasks may reach over HTTPS; a task needs at least ECR, CloudWatch Logs and Secrets Manager.
   * @default ["0.0.0.0/0"]
   */
  readonly egressCidrs?: readonly string[] | undefined;
  /**
   * Managed prefix lists that tasks may reach over HTTPS, by a short name of your choice. With `egressCidrs` that leave out S3, an image in
   * ECR needs S3's list: `{ s3: network.s3PrefixListId }`.
   * @default none
   */
  readonly egressPrefixListIds?: Readonly<Record<string, string>> | undefined;

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
  /**
   * What the app may do in AWS.
   * @default nothing
   */
  readonly taskPolicyStatements?: readonly PolicyStatement[] | undefined;
}

export const ECS_SERVICE_PROPS: kind.Shape<EcsServiceProps> = {
  name: kind.string,
  network: TASK_NETWORK,
  image: kind.string,
  repositoryArn: kind.string,
  containerName: kind.string,
  kind: kind.literalOneOf(
    SERVICE_KINDS,
    "A service that keeps no connections open is http, one without a port a worker.",
  ),
  containerPort: kind.number,
  command: kind.array(kind.string),
  user: kind.string,
  environment: kind.record(kind.string),
  secrets: SECRET_VARIABLES,
  plainTextReasons: kind.record(kind.string),
  secretKmsKeyArns: kind.array(kind.string),
  healthCheckCommand: kind.array(kind.string),
  bootSec: kind.number,
  drainSec: kind.number,
  migration: kind.object(MIGRATION_PROPS),
  logRetentionDays: kind.oneOf(LOG_RETENTION_DAYS, "Use a value that CloudWatch Logs accepts."),
  kmsKeyArn: kind.string,
  loadBalancer: LOAD_BALANCER,
  connections: kind.record(CONNECTION),
  egressCidrs: kind.array(kind.string),
  egressPrefixListIds: kind.record(kind.string),
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
  taskPolicyStatements: kind.array(POLICY_STATEMENT),
};
