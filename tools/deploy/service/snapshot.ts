/** What ECS and the load balancer say about a service at one moment. */
export interface ServiceSnapshot {
  /** `ACTIVE`, `DRAINING` or `INACTIVE`. */
  readonly status: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** ARN of the task definition that the service asks for. */
  readonly taskDefinition: string;
  /** The newest first; the first is PRIMARY. */
  readonly deployments: readonly DeploymentSnapshot[];
  /** The newest first. */
  readonly events: readonly ServiceEvent[];
  /** Targets of the service's load balancer; none without one. */
  readonly targets: readonly TargetSnapshot[];
}

export interface DeploymentSnapshot {
  readonly id: string;
  readonly isPrimary: boolean;
  readonly taskDefinition: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** Tasks that failed to start or to become healthy. */
  readonly failed: number;
  /** `IN_PROGRESS`, `COMPLETED` or `FAILED`. */
  readonly rollout: string;
  readonly reason: string;
  readonly startedAt: Date;
}

export interface ServiceEvent {
  readonly id: string;
  readonly at: Date;
  readonly message: string;
}

export interface TargetSnapshot {
  /** Address and port. */
  readonly id: string;
  /** `healthy`, `initial`, `unhealthy`, `draining` or `unused`. */
  readonly state: string;
  readonly description: string;
}

export function primaryOf({ deployments }: ServiceSnapshot): DeploymentSnapshot | undefined {
  return deployments.find(({ isPrimary }) => isPrimary);
}

/** Returns the revision of a task definition: 12 of `arn:…:task-definition/crm-dev:12`. */
export function revisionOf(taskDefinition: string): number {
  return Number(taskDefinition.split(":").at(-1));
}

/**
 * Whether one deployment is left, complete, with all of its tasks. ECS's own waiter omits the roll-out state, which with rollback alarms
 * stays in progress while ECS watches them. Source: AWS SDK, waiter `services-stable`; ECS API reference, Deployment.rolloutState.
 */
export function isSteady({ deployments, running, desired }: ServiceSnapshot): boolean {
  const [only, ...others] = deployments;
  return only !== undefined && others.length === 0 && only.rollout !== "IN_PROGRESS" && running === desired;
}
