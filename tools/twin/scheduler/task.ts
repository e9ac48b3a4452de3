import { type Container, type Dependency } from "../topology/topology";
import { type Command, type Event, type Exit, type TargetHealth } from "./commands";

/** The phases of ECS's task lifecycle that the twin models. Source: ECS developer guide, "Task lifecycle". */
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

type ContainerState =
  | { readonly kind: "waiting" }
  | { readonly kind: "running"; readonly sinceMs: number; health: "unknown" | "healthy" | "unhealthy" }
  | { readonly kind: "stopping"; readonly killAtMs: number; readonly killed: boolean }
  | { readonly kind: "exited"; readonly exit: Exit }
  | { readonly kind: "never-started" };

/**
 * One task, as a state machine: starts its containers in the order of their dependencies, registers with the load balancer, drains
 * and stops. Every method takes the time in ms; what has to be done is emitted as commands.
 */
export class Task {
  readonly id: string;
  readonly deployment: string;
  phase: TaskPhase = "PENDING";
  /** When the task began to run, in ms; the grace period starts here. */
  runningSinceMs: number | undefined;
  targetHealth: TargetHealth | undefined;
  /** Whether it has ever been healthy, and so got traffic. */
  everHealthy = false;
  stopReason: string | undefined;
  /** True when it ended or failed without being told to stop. */
  failed = false;

  private readonly containers: ReadonlyMap<string, Container>;
  private readonly states = new Map<string, ContainerState>();
  private drainedAtMs: number | undefined;

  constructor(
    spec: TaskSpec,
    private readonly settings: () => TaskSettings,
    private readonly emit: (command: Command) => void,
  ) {
    this.id = spec.id;
    this.deployment = spec.deployment;
    this.containers = new Map(spec.containers.map((container) => [container.name, container]));
    for (const name of this.containers.keys()) this.states.set(name, { kind: "waiting" });
  }

  /** Whether it counts for the service: it has not begun to stop. */
  get isLive(): boolean {
    return this.phase === "PENDING" || this.phase === "RUNNING";
  }

  get isHealthy(): boolean {
    return this.phase === "RUNNING" && this.targetHealth === "healthy" && this.containersAreHealthy;
  }

  /** How each container that ran has ended. */
  get exits(): Readonly<Record<string, Exit>> {
    const ended = [...this.states].flatMap(([name, state]) => (state.kind === "exited" ? [[name, state.exit]] : []));
    return Object.fromEntries(ended) as Record<string, Exit>;
  }

  /** Names of the running containers. */
  get runningContainers(): string[] {
    return [...this.states].flatMap(([name, { kind }]) => (kind === "running" || kind === "stopping" ? [name] : []));
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

  /** Acts on every deadline that has passed. */
  tick(nowMs: number): void {
    if (this.phase === "PENDING") this.giveUpWaiting(nowMs);
    if (this.phase === "DEACTIVATING" && nowMs >= this.drainedAtMs!) {
      this.emit({ kind: "close-connections", task: this.id });
      this.terminate(nowMs);
    }
    if (this.phase === "STOPPING") this.killOverdue(nowMs);
  }

  /** Returns why the task must be replaced: a health check fails and the grace period is over. Else `undefined`. */
  unhealthyReason(nowMs: number): string | undefined {
    if (this.phase !== "RUNNING") return undefined;
    if (this.hasUnhealthyContainer) return "Task failed container health checks";
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

  /** Lists the deadlines, in ms and in no order. */
  deadlinesMs(): number[] {
    const deadlines = [...this.states].flatMap(([name, state]) => this.deadlinesOf(name, state));
    if (this.phase === "DEACTIVATING") deadlines.push(this.drainedAtMs!);
    if (this.phase === "RUNNING" && this.targetHealth === "unhealthy") {
      deadlines.push(this.runningSinceMs! + this.settings().gracePeriodSec * 1000);
    }
    return deadlines;
  }

  private deadlinesOf(name: string, state: ContainerState): number[] {
    if (state.kind === "stopping" && !state.killed) return [state.killAtMs];
    if (this.phase === "PENDING" && state.kind === "running" && this.isAwaited(name)) {
      return [state.sinceMs + this.containers.get(name)!.startTimeoutSec * 1000];
    }
    return [];
  }

  /** Whether every essential container with a health check is healthy. */
  private get containersAreHealthy(): boolean {
    return [...this.states].every(([name, state]) => {
      const { essential, healthCheck } = this.containers.get(name)!;
      return !essential || healthCheck === undefined || (state.kind === "running" && state.health === "healthy");
    });
  }

  private get hasUnhealthyContainer(): boolean {
    return [...this.states].some(
      ([name, state]) =>
        this.containers.get(name)!.essential && state.kind === "running" && state.health === "unhealthy",
    );
  }

  private containerExited(name: string, exit: Exit, nowMs: number): void {
    this.states.set(name, { kind: "exited", exit });
    if (this.isLive && this.containers.get(name)!.essential) {
      this.fail(`Essential container in task exited (${name}: ${describe(exit)})`, nowMs);
    } else if (this.phase === "PENDING") {
      this.startReady(nowMs);
    } else if (this.phase === "STOPPING") {
      this.stopNext(nowMs);
    } else if (this.phase === "DEACTIVATING" && this.runningContainers.length === 0) {
      this.terminate(nowMs);
    }
  }

  private containerHealth(name: string, health: "healthy" | "unhealthy", nowMs: number): void {
    const state = this.states.get(name);
    if (state?.kind !== "running") return;
    state.health = health;
    this.everHealthy ||= this.isHealthy;
    if (this.phase === "PENDING") this.startReady(nowMs);
  }

  /** Starts every container whose dependencies are met. Fails the task when a dependency can never be met. */
  private startReady(nowMs: number): void {
    for (const [name, state] of this.states) {
      if (state.kind !== "waiting") continue;
      const { dependsOn } = this.containers.get(name)!;
      const unmeetable = dependsOn.find((dependency) => this.isUnmeetable(dependency));
      if (unmeetable) {
        const dependency = this.states.get(unmeetable.container)!;
        const ended = dependency.kind === "exited" ? `: ${describe(dependency.exit)}` : "";
        this.fail(
          `TaskFailedToStart: ${name} waits for ${unmeetable.condition} of ${unmeetable.container}${ended}`,
          nowMs,
        );
        return;
      }
      if (dependsOn.every((dependency) => this.isMet(dependency))) {
        this.states.set(name, { kind: "running", sinceMs: nowMs, health: "unknown" });
        this.emit({ kind: "start-container", task: this.id, container: name });
      }
    }
    if ([...this.states.values()].some(({ kind }) => kind === "waiting")) return;
    this.phase = "RUNNING";
    this.runningSinceMs = nowMs;
    this.targetHealth = "initial";
    this.emit({ kind: "register", task: this.id });
  }

  private isMet({ container, condition }: Dependency): boolean {
    const state = this.states.get(container)!;
    if (condition === "HEALTHY") return state.kind === "running" && state.health === "healthy";
    if (condition === "START") return state.kind === "running" || state.kind === "exited";
    return state.kind === "exited" && (condition === "COMPLETE" || state.exit.code === 0);
  }

  private isUnmeetable(dependency: Dependency): boolean {
    return this.states.get(dependency.container)!.kind === "exited" && !this.isMet(dependency);
  }

  /** Whether a container waits for this one. */
  private isAwaited(name: string): boolean {
    return [...this.states].some(
      ([other, state]) =>
        state.kind === "waiting" &&
        this.containers
          .get(other)!
          .dependsOn.some((dependency) => dependency.container === name && !this.isMet(dependency)),
    );
  }

  private giveUpWaiting(nowMs: number): void {
    const overdue = [...this.states].find(([name, state]) =>
      this.deadlinesOf(name, state).some((deadlineMs) => nowMs >= deadlineMs),
    );
    if (overdue) {
      const { startTimeoutSec } = this.containers.get(overdue[0])!;
      this.fail(`TaskFailedToStart: dependency ${overdue[0]} took longer than ${startTimeoutSec} s`, nowMs);
    }
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
    for (const [name, { kind }] of this.states) {
      if (kind === "waiting") this.states.set(name, { kind: "never-started" });
    }
    this.stopNext(nowMs);
  }

  /** Sends SIGTERM to each container that no running one depends on, which reverses the start order. */
  private stopNext(nowMs: number): void {
    const running = new Set(this.runningContainers);
    if (running.size === 0) {
      this.phase = "STOPPED";
      this.emit({ kind: "release-task", task: this.id });
      return;
    }
    const needed = new Set(
      [...running].flatMap((name) => this.containers.get(name)!.dependsOn.map(({ container }) => container)),
    );
    for (const name of running) {
      if (this.states.get(name)!.kind !== "running" || needed.has(name)) continue;
      const killAtMs = nowMs + this.containers.get(name)!.stopTimeoutSec * 1000;
      this.states.set(name, { kind: "stopping", killAtMs, killed: false });
      this.emit({ kind: "signal", task: this.id, container: name, signal: "SIGTERM" });
    }
  }

  private killOverdue(nowMs: number): void {
    for (const [name, state] of this.states) {
      if (state.kind === "stopping" && !state.killed && nowMs >= state.killAtMs) {
        this.states.set(name, { ...state, killed: true });
        this.emit({ kind: "signal", task: this.id, container: name, signal: "SIGKILL" });
      }
    }
  }
}

function describe({ code, reason }: Exit): string {
  return reason === undefined ? `exit code ${code}` : `exit code ${code}, ${reason}`;
}
