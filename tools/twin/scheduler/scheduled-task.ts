import { type Container } from "../topology/topology";
import { type Event, type Exit, type TargetHealth } from "./commands";

/**
 * The phases of ECS's task lifecycle that the twin models. Source: ECS developer guide, "Task lifecycle". An instance of an Auto Scaling group
 * has the same: PENDING is Pending:Wait, RUNNING InService, DEACTIVATING and STOPPING Terminating:Wait, STOPPED Terminated.
 */
export type TaskPhase = "PENDING" | "RUNNING" | "DEACTIVATING" | "STOPPING" | "STOPPED";

export interface TaskSpec {
  readonly id: string;
  readonly deployment: string;
  readonly containers: readonly Container[];
}

/** Settings that AWS changes in place, also for running tasks. */
export interface TaskSettings {
  readonly deregistrationDelaySec: number;
  readonly gracePeriodSec: number;
}

/** One task of ECS, or one instance of an Auto Scaling group, as a state machine. Every method takes the time in ms. */
export interface ScheduledTask {
  readonly id: string;
  readonly deployment: string;
  readonly phase: TaskPhase;
  readonly targetHealth: TargetHealth | undefined;
  /** Whether it has ever been healthy, and so got traffic. */
  readonly everHealthy: boolean;
  readonly stopReason: string | undefined;
  /** True when it ended or failed without being told to stop. */
  readonly failed: boolean;
  /** Whether it counts for the service: it has not begun to stop. */
  readonly isLive: boolean;
  readonly isHealthy: boolean;
  /** How each container that ran has ended. */
  readonly exits: Readonly<Record<string, Exit>>;
  start(nowMs: number): void;
  handle(event: Event, nowMs: number): void;
  /** Acts on every deadline that has passed. */
  tick(nowMs: number): void;
  /** Returns why it must be replaced. Else `undefined`. */
  unhealthyReason(nowMs: number): string | undefined;
  /** Starts to stop it, with everything that comes before its end. */
  stop(reason: string, nowMs: number): void;
  /** Lists the deadlines, in ms and in no order. */
  deadlinesMs(): number[];
}
