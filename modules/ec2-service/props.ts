import { type Heartbeat } from "../core/heartbeat";
import { POLICY_STATEMENT, type PolicyStatement } from "../core/iam-policy";
import * as kind from "../core/kinds";
import { LOG_RETENTION_DAYS, type LogRetentionDays } from "../core/log-retention";
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
} from "../ecs/references";
import { SECRET_VARIABLES, type SecretVariables } from "../ecs/secrets";
import {
  INSTANCE_AUTOSCALING_PROPS,
  INSTANCE_MIGRATION_PROPS,
  INSTANCE_SPOT_PROPS,
  type InstanceAutoscaling,
  type InstanceMigrationProps,
  type InstanceSpot,
} from "./nested-props";

export interface Ec2ServiceProps {
  /** Stem of all physical names, for example `messenger-crm-prod`. */
  readonly name: string;
  /** Private subnets of at least two zones; instances have no public address. */
  readonly network: TaskNetwork;
  /**
   * The image whose files the instances run, in a private repository of ECR: a digest (`repo@sha256:…`) or an immutable tag. Another
   * image replaces the instances by an instance refresh.
   */
  readonly image: string;
  /**
   * ARN of the ECR repository that the image is pulled from; needed when `image` is known only at apply.
   * @default read from `image`
   */
  readonly repositoryArn?: string | undefined;
  /**
   * Amazon Linux 2023 for the architecture of `instanceTypes`: `ami-…`, usually of a `data.aws_ssm_parameter`. Another one replaces the
   * instances, which is how they are patched.
   */
  readonly amiId: string;
  /**
   * Types that the group may launch, the preferred one first, all of one architecture. Spot capacity is found more often among several.
   * @default ["t4g.small"]
   */
  readonly instanceTypes?: readonly string[] | undefined;
  /**
   * Size of the root volume, in GiB; gp3, encrypted.
   * @default 16
   */
  readonly rootVolumeGiB?: number | undefined;
  /**
   * Processes of the application on one instance, 1 to 64; about one for each vCPU.
   * @default 2
   */
  readonly processes?: number | undefined;
  /**
   * Port of the first process on the loopback interface; the others follow it.
   * @default 3000
   */
  readonly firstProcessPort?: number | undefined;
  /**
   * Variables in plain text; everybody who may read the launch template sees them.
   * @default none
   */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /**
   * Secret variables and where their values are stored. An instance reads them at boot and every 15 to 20 minutes, and restarts its
   * processes one after the other when one has changed.
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
   * Path of the health check of a process and, through nginx, of the instance.
   * @default "/api/health"
   */
  readonly healthPath?: string | undefined;
  /**
   * Path of the sockets, with a slash at its end.
   * @default "/socket.io/"
   */
  readonly socketPath?: string | undefined;
  /**
   * Heartbeat of the sockets, in seconds: nginx waits longer for a silent connection.
   * @default { pingIntervalSec: 25, pingTimeoutSec: 20 }, those of Socket.IO
   */
  readonly heartbeat?: Heartbeat | undefined;
  /**
   * Largest message that the application accepts, in bytes; nginx refuses more.
   * @default 1000000, that of Socket.IO
   */
  readonly maxMessageBytes?: number | undefined;
  /**
   * Seconds for which nginx keeps an idle connection of the load balancer, 1 to 4000: longer than the load balancer's idle timeout.
   * @default 75
   */
  readonly keepAliveTimeoutSec?: number | undefined;
  /**
   * Longest time from the start of a process until it is healthy, in seconds, 1 to 3600.
   * @default 60
   */
  readonly bootSec?: number | undefined;
  /** Seconds that a process needs from SIGTERM until its last connection is closed: at most 3600, with `spot` 105. */
  readonly drainSec: number;
  /**
   * What has to succeed on an instance before its first process starts; a failed migration is never rolled out.
   * @default none
   */
  readonly migration?: InstanceMigrationProps | undefined;
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

  /** What `addService({ targetType: "instance" })` returns. Its port is that of nginx. */
  readonly loadBalancer: LoadBalancerTarget;
  /**
   * What instances connect to, by a short name of your choice; allows its port between both security groups.
   * @default none
   */
  readonly connections?: Readonly<Record<string, ConnectionTarget>> | undefined;
  /**
   * CIDR blocks that instances may reach over HTTPS: the package repositories of Amazon Linux and the APIs of AWS.
   * @default ["0.0.0.0/0"]
   */
  readonly egressCidrs?: readonly string[] | undefined;
  /**
   * Managed prefix lists that instances may reach over HTTPS, by a short name of your choice.
   * @default none
   */
  readonly egressPrefixListIds?: Readonly<Record<string, string>> | undefined;

  /** How an event reaches the sockets of other processes, on this instance and on others. */
  readonly fanOut: FanOutProps;
  /** How many instances run, and what they scale on. */
  readonly autoscaling: InstanceAutoscaling;
  /**
   * The app's gauge of open connections, reported by each process, for `autoscaling.connectionsPerProcess`.
   * @default none
   */
  readonly connectionMetric?: MetricRef | undefined;
  /**
   * Part of the instances on Spot: up to 90 % cheaper, ended at two minutes' notice, enough for a drain of up to 105 s.
   * @default all instances on demand
   */
  readonly spot?: InstanceSpot | undefined;
  /**
   * Alarms that stop an instance refresh in progress, at most 10.
   * @default none
   */
  readonly refreshAlarmNames?: readonly string[] | undefined;
  /**
   * Topic to tell of an instance refresh that failed or was cancelled; it must allow EventBridge to publish.
   * @default nobody is told
   */
  readonly refreshTopicArn?: string | undefined;
  /** CloudWatch namespace of the instances' own metrics: memory, disk, dropped connections. */
  readonly metricsNamespace: string;
  /**
   * What the instances, and with them the app, may do in AWS.
   * @default nothing more
   */
  readonly instancePolicyStatements?: readonly PolicyStatement[] | undefined;
}

export const EC2_SERVICE_PROPS: kind.Shape<Ec2ServiceProps> = {
  name: kind.string,
  network: TASK_NETWORK,
  image: kind.string,
  repositoryArn: kind.string,
  amiId: kind.string,
  instanceTypes: kind.array(kind.string),
  rootVolumeGiB: kind.number,
  processes: kind.number,
  firstProcessPort: kind.number,
  environment: kind.record(kind.string),
  secrets: SECRET_VARIABLES,
  plainTextReasons: kind.record(kind.string),
  secretKmsKeyArns: kind.array(kind.string),
  healthPath: kind.string,
  socketPath: kind.string,
  heartbeat: kind.object<Heartbeat>({ pingIntervalSec: kind.number, pingTimeoutSec: kind.number }),
  maxMessageBytes: kind.number,
  keepAliveTimeoutSec: kind.number,
  bootSec: kind.number,
  drainSec: kind.number,
  migration: kind.object(INSTANCE_MIGRATION_PROPS),
  logRetentionDays: kind.oneOf(LOG_RETENTION_DAYS, "Use a value that CloudWatch Logs accepts."),
  kmsKeyArn: kind.string,
  loadBalancer: LOAD_BALANCER,
  connections: kind.record(CONNECTION),
  egressCidrs: kind.array(kind.string),
  egressPrefixListIds: kind.record(kind.string),
  fanOut: FAN_OUT,
  autoscaling: kind.object(INSTANCE_AUTOSCALING_PROPS),
  connectionMetric: METRIC,
  spot: kind.object(INSTANCE_SPOT_PROPS),
  refreshAlarmNames: kind.array(kind.string),
  refreshTopicArn: kind.string,
  metricsNamespace: kind.string,
  instancePolicyStatements: kind.array(POLICY_STATEMENT),
};
