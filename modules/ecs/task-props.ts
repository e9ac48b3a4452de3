import { POLICY_STATEMENT, type PolicyStatement } from "../core/iam-policy";
import * as kind from "../core/kinds";
import { LOG_RETENTION_DAYS, type LogRetentionDays } from "../core/log-retention";
import { CONNECTION, type ConnectionTarget, TASK_NETWORK, type TaskNetwork } from "./references";
import { SECRET_VARIABLES, type SecretVariables } from "./secrets";
import { SIDECAR_PROPS, type Sidecars } from "./sidecars";

/** What every construct that runs tasks takes: a container, what it may reach, and its logs. */
export interface TaskProps {
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
   * Containers beside the app's in every task, by the name of the container; it shares `localhost` with them. They use the task's CPU and memory.
   * @default none
   */
  readonly sidecars?: Sidecars | undefined;
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
   * What the app may do in AWS.
   * @default nothing
   */
  readonly taskPolicyStatements?: readonly PolicyStatement[] | undefined;
}

export const TASK_PROPS: kind.Shape<TaskProps> = {
  name: kind.string,
  network: TASK_NETWORK,
  image: kind.string,
  repositoryArn: kind.string,
  containerName: kind.string,
  command: kind.array(kind.string),
  user: kind.string,
  environment: kind.record(kind.string),
  secrets: SECRET_VARIABLES,
  plainTextReasons: kind.record(kind.string),
  secretKmsKeyArns: kind.array(kind.string),
  sidecars: kind.record(kind.object(SIDECAR_PROPS)),
  logRetentionDays: kind.oneOf(LOG_RETENTION_DAYS, "Use a value that CloudWatch Logs accepts."),
  kmsKeyArn: kind.string,
  connections: kind.record(CONNECTION),
  egressCidrs: kind.array(kind.string),
  egressPrefixListIds: kind.record(kind.string),
  taskPolicyStatements: kind.array(POLICY_STATEMENT),
};
