import { type Command, type Event, type Exit, type TargetHealth } from "./commands";
import { ContainerSet, describeExit } from "./container-set";
import { type ScheduledTask, type TaskPhase, type TaskSettings, type TaskSpec } from "./scheduled-task";

/**
 * One task, as a state machine: starts its containers in the order of their dependencies, registers with the load balancer, drains
 * and stops. Every method takes the time in ms; what has to be done is emitted as commands.
 */
export class Task implements ScheduledTask {
  readonly id: string;
  readonly deployment: string;
  phase: TaskPhase = "PENDING";
  /** When the task began to run, in ms; the grace period starts here. */
  runningSinceMs: number | undefined;
  targetHealth: TargetHealth | undefined;
  everHealthy = false;
  stopReason: string | undefined;
  failed = false;

  private readonly containers: ContainerSet;
  private drainedAtMs: number | undefined;

  constructor(
    spec: TaskSpec,
    private readonly settings: () => TaskSettings,
    private readonly emit: (command: Command) => void,
  ) {
    this.id = spec.id;
    this.deployment = spec.deployment;
    this.containers = new ContainerSet(spec.id, spec.containers, emit);
  }

  get isLive(): boolean {
    return this.phase === "PENDING" || this.phase === "RUNNING";
  }

  get isHealthy(): boolean {
    return this.phase === "RUNNING" && this.targetHealth === "healthy" && this.containers.areHealthy;
  }

  get exits(): Readonly<Record<string, Exit>> {
    return this.containers.exits;
  }

  start(nowMs: number): void {
    this.emit({ kind: "create-task", task: this.id, deployment: this.deployment });
    this.startReady(nowMs);
  }

  handle(event: Event, nowMs: number): void {
    switch (event.kind) {
      case "container-exited":
        this.containerExited(event.container, event.exit, nowMs);
        break;
      case "container-health":
        this.containerHealth(event.container, event.health, nowMs);
        break;
      case "target-health":
        // Results of checks that started before deregistration are ignored.
        if (this.phase === "RUNNING") {
          this.targetHealth = event.health;
          this.everHealthy ||= this.isHealthy;
        }
        break;
      case "connections":
        if (this.phase === "DEACTIVATING" && event.open === 0) this.terminate(nowMs);
        break;
    }
  }

  tick(nowMs: number): void {
    if (this.phase === "PENDING") this.giveUpWaiting(nowMs);
    if (this.phase === "DEACTIVATING" && nowMs >= this.drainedAtMs!) {
      this.emit({ kind: "close-connections", task: this.id });
      this.terminate(nowMs);
    }
    if (this.phase === "STOPPING") this.containers.killOverdue(nowMs);
  }

  /** Returns why the task must be replaced: a health check fails and the grace period is over. Else `undefined`. */
  unhealthyReason(nowMs: number): string | undefined {
    if (this.phase !== "RUNNING") return undefined;
    if (this.containers.hasUnhealthy) return "Task failed container health checks";
    const graceEndsMs = this.runningSinceMs! + this.settings().gracePeriodSec * 1000;
    if (this.targetHealth === "unhealthy" && nowMs >= graceEndsMs) return "Task failed ELB health checks";
    return undefined;
  }

  /** Starts to stop the task: deregistration, its delay, SIGTERM, stop timeout, SIGKILL. */
  stop(reason: string, nowMs: number): void {
    if (!this.isLive) return;
    this.stopReason = reason;
    const registered = this.targetHealth !== undefined;
    if (!registered) {
      this.terminate(nowMs);
      return;
    }
    this.phase = "DEACTIVATING";
    this.drainedAtMs = nowMs + this.settings().deregistrationDelaySec * 1000;
    this.emit({ kind: "deregister", task: this.id });
  }

  deadlinesMs(): number[] {
    const deadlines = this.containers.deadlinesMs();
    if (this.phase === "DEACTIVATING") deadlines.push(this.drainedAtMs!);
    if (this.phase === "RUNNING" && this.targetHealth === "unhealthy") {
      deadlines.push(this.runningSinceMs! + this.settings().gracePeriodSec * 1000);
    }
    return deadlines;
  }

  private containerExited(name: string, exit: Exit, nowMs: number): void {
    this.containers.exited(name, exit);
    if (this.isLive && this.containers.isEssential(name)) {
      this.fail(`Essential container in task exited (${name}: ${describeExit(exit)})`, nowMs);
    } else if (this.phase === "PENDING") {
      this.startReady(nowMs);
    } else if (this.phase === "STOPPING") {
      this.stopNext(nowMs);
    } else if (this.phase === "DEACTIVATING" && this.containers.running.length === 0) {
      this.terminate(nowMs);
    }
  }

  private containerHealth(name: string, health: "healthy" | "unhealthy", nowMs: number): void {
    if (!this.containers.checked(name, health)) return;
    this.everHealthy ||= this.isHealthy;
    if (this.phase === "PENDING") this.startReady(nowMs);
  }

  /** Starts every container whose dependencies are met. Fails the task when a dependency can never be met. */
  private startReady(nowMs: number): void {
    const started = this.containers.startReady(nowMs);
    if (started === "waiting") return;
    if (started !== "all") {
      this.fail(`TaskFailedToStart: ${started.impossible}`, nowMs);
      return;
    }
    this.phase = "RUNNING";
    this.runningSinceMs = nowMs;
    this.targetHealth = "initial";
    this.emit({ kind: "register", task: this.id });
  }

  private giveUpWaiting(nowMs: number): void {
    const overdue = this.containers.overdue(nowMs);
    if (overdue === undefined) return;
    const { name, startTimeoutSec } = overdue;
    this.fail(`TaskFailedToStart: dependency ${name} took longer than ${startTimeoutSec} s`, nowMs);
  }

  /** Stops a failed task without draining; running containers still get their stop timeout. */
  private fail(reason: string, nowMs: number): void {
    const registered = this.targetHealth !== undefined;
    this.stopReason = reason;
    this.failed = true;
    if (registered) this.emit({ kind: "deregister", task: this.id });
    this.terminate(nowMs);
  }

  private terminate(nowMs: number): void {
    this.phase = "STOPPING";
    this.containers.abandonWaiting();
    this.stopNext(nowMs);
  }

  private stopNext(nowMs: number): void {
    if (!this.containers.stopNext(nowMs)) return;
    this.phase = "STOPPED";
    this.emit({ kind: "release-task", task: this.id });
  }
}
