import { type Container } from "../topology/topology";

export type RolloutState = "IN_PROGRESS" | "COMPLETED" | "FAILED";

/** The task definition that a deployment rolls out. */
export interface Revision {
  /** Shown to people: `messenger-crm-dev:3`. */
  readonly label: string;
  readonly containers: readonly Container[];
}

/** Bounds of the failures that trip the circuit breaker. Source: ECS API reference, ServiceDeploymentCircuitBreaker. */
const THRESHOLD = { min: 3, max: 200 } as const;

/** Returns the number of failed tasks at which the circuit breaker trips: half of the desired count, within bounds. */
export function circuitBreakerThreshold(desiredCount: number): number {
  return Math.min(Math.max(Math.ceil(0.5 * desiredCount), THRESHOLD.min), THRESHOLD.max);
}

/**
 * One rollout of a revision. Counts failures in ECS's two stages: tasks that fail to start, until the first one runs; then tasks
 * that run and fail.
 */
export class Deployment {
  state: RolloutState = "IN_PROGRESS";
  failedTasks = 0;
  private hasRun = false;

  constructor(
    readonly id: string,
    readonly revision: Revision,
    /** True when it was started because another deployment failed. */
    readonly isRollback: boolean,
  ) {}

  /** Records that a task runs. The first one ends the first stage and resets its count. */
  taskRuns(): void {
    if (!this.hasRun) this.failedTasks = 0;
    this.hasRun = true;
  }

  /** Records that a task failed. */
  taskFailed(): void {
    if (this.state === "IN_PROGRESS") this.failedTasks++;
  }
}
