import { type Container } from "../topology/topology";

export type RolloutState = "IN_PROGRESS" | "COMPLETED" | "FAILED";

/** What a deployment rolls out. */
export interface Revision {
  /** Shown to people: `messenger-crm-dev:3`. */
  readonly label: string;
  readonly containers: readonly Container[];
}

/** Fewest and most failures that trip it. Source: ECS API reference, ServiceDeploymentCircuitBreaker. */
const THRESHOLD = { min: 3, max: 200 } as const;

/** Failures at which the circuit breaker takes a deployment for broken: half of the desired count, within bounds. */
export function circuitBreakerThreshold(desiredCount: number): number {
  return Math.min(Math.max(Math.ceil(0.5 * desiredCount), THRESHOLD.min), THRESHOLD.max);
}

/**
 * One rollout of a revision, and the count of its failures in ECS's two stages: tasks that do not come to run, until the first
 * one does; then tasks that run and fail.
 */
export class Deployment {
  state: RolloutState = "IN_PROGRESS";
  failedTasks = 0;
  private hasRun = false;

  constructor(
    readonly id: string,
    readonly revision: Revision,
    /** True when it is there because another one failed. */
    readonly isRollback: boolean,
  ) {}

  /** A task of this deployment began to run: the first stage is over, and its count with it. */
  taskRuns(): void {
    if (!this.hasRun) this.failedTasks = 0;
    this.hasRun = true;
  }

  /** A task of this deployment failed. */
  taskFailed(): void {
    if (this.state === "IN_PROGRESS") this.failedTasks++;
  }
}
