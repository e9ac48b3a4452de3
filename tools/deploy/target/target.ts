/** A deployed service as its synthesized stack describes it. */
export interface Target {
  /** Name of the stack: `messenger-crm-dev`. */
  readonly stack: string;
  /** Folder of the synthesized stack, in which Terraform runs. */
  readonly folder: string;
  readonly accountId: string;
  readonly region: string;
  /** Every region with resources of the stack: CloudFront's are in us-east-1. */
  readonly regions: readonly string[];
  /** Tags of every resource that can have any. */
  readonly tags: Readonly<Record<string, string>>;
  readonly clusterName: string;
  readonly serviceName: string;
  /** Family of the task definitions. */
  readonly family: string;
  readonly logGroupName: string;
  /** Containers in the order in which they start. */
  readonly containers: readonly string[];
  /** What the containers get from Secrets Manager. */
  readonly secrets: readonly TaskSecret[];
  readonly architecture: Architecture;
  /** The repository, and the release that the environment names. */
  readonly repositoryUrl: string;
  readonly release: string;
  /** SSM parameter that remembers the image; `undefined` where a pipeline deploys. */
  readonly imageParameter: ImageParameter | undefined;
  /** Seconds that a target being removed may finish its requests. */
  readonly deregistrationDelaySec: number;
  /** Longest time between SIGTERM and SIGKILL of the application's containers, in seconds. */
  readonly stopTimeoutSec: number;
  /** How many tasks the environment asks for; `undefined` without autoscaling. */
  readonly scaling: TaskLimits | undefined;
  /** How long an apply waits for the deployment at most, in seconds. */
  readonly deployTimeoutSec: number;
}

/** A secret that a container gets as an environment variable. */
export interface TaskSecret {
  readonly variable: string;
  /**
   * `generated` by Terraform; `external`, put by a person; `managed` and rotated by RDS; `parameter`: kept elsewhere, such as in Parameter Store.
   */
  readonly kind: "generated" | "external" | "managed" | "parameter";
  /** Name or ARN in Secrets Manager; `undefined` where it is known only after an apply, or kept elsewhere. */
  readonly secretId: string | undefined;
  /** Number of characters of a generated value. */
  readonly length: number | undefined;
}

/** Between which numbers of tasks the autoscaler chooses. */
export interface TaskLimits {
  readonly min: number;
  readonly max: number;
}

/** An SSM parameter as Terraform declares it. Writing its value must not change the rest. */
export interface ImageParameter {
  readonly name: string;
  readonly description: string;
  readonly allowedPattern: string;
}

/** Names of ECS. Source: ECS API reference, RuntimePlatform.cpuArchitecture. */
export const ARCHITECTURES = ["ARM64", "X86_64"] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** Returns how long a task may take from deregistration to its end, in seconds. */
export function drainBudgetSec({ deregistrationDelaySec, stopTimeoutSec }: Target): number {
  return deregistrationDelaySec + stopTimeoutSec;
}
