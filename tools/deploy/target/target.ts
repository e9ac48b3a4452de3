/** A deployed service as its synthesized stack describes it. */
export interface Target {
  /** Name of the stack: `messenger-crm-dev`. */
  readonly stack: string;
  /** Folder of the synthesized stack, in which Terraform runs. */
  readonly folder: string;
  readonly accountId: string;
  readonly region: string;
  readonly clusterName: string;
  readonly serviceName: string;
  /** Family of the task definitions. */
  readonly family: string;
  readonly logGroupName: string;
  /** Containers in the order in which they start. */
  readonly containers: readonly string[];
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
  /** How long an apply waits for the deployment at most, in seconds. */
  readonly deployTimeoutSec: number;
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
