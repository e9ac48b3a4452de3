import { type Container, type Dependency } from "../topology/topology";
import { type Command, type Exit } from "./commands";

type ContainerState =
  | { readonly kind: "waiting" }
  | { readonly kind: "running"; readonly sinceMs: number; health: "unknown" | "healthy" | "unhealthy" }
  | { readonly kind: "stopping"; readonly killAtMs: number; readonly killed: boolean }
  | { readonly kind: "exited"; readonly exit: Exit }
  | { readonly kind: "never-started" };

/** Whether containers still wait for others, all have been started, or one waits for what can never happen. */
export type Started = "waiting" | "all" | { readonly impossible: string };

/** The containers of a task, or the programs of an instance: their dependencies, states and stop timeouts. */
export class ContainerSet {
  private readonly containers: ReadonlyMap<string, Container>;
  private readonly states = new Map<string, ContainerState>();

  constructor(
    private readonly task: string,
    containers: readonly Container[],
    private readonly emit: (command: Command) => void,
  ) {
    this.containers = new Map(containers.map((container) => [container.name, container]));
    for (const name of this.containers.keys()) this.states.set(name, { kind: "waiting" });
  }

  /** How each container that ran has ended. */
  get exits(): Readonly<Record<string, Exit>> {
    const ended = [...this.states].flatMap(([name, state]) => (state.kind === "exited" ? [[name, state.exit]] : []));
    return Object.fromEntries(ended) as Record<string, Exit>;
  }

  /** Names of the running containers, stopping ones included. */
  get running(): string[] {
    return [...this.states].flatMap(([name, { kind }]) => (kind === "running" || kind === "stopping" ? [name] : []));
  }

  /** Whether every essential container with a health check is healthy. */
  get areHealthy(): boolean {
    return [...this.states].every(([name, state]) => {
      const { essential, healthCheck } = this.containers.get(name)!;
      return !essential || healthCheck === undefined || (state.kind === "running" && state.health === "healthy");
    });
  }

  /** Whether an essential container fails its health check. */
  get hasUnhealthy(): boolean {
    return [...this.states].some(
      ([name, state]) =>
        this.containers.get(name)!.essential && state.kind === "running" && state.health === "unhealthy",
    );
  }

  isEssential(name: string): boolean {
    return this.containers.get(name)!.essential;
  }

  stopTimeoutSec(name: string): number {
    return this.containers.get(name)!.stopTimeoutSec;
  }

  exited(name: string, exit: Exit): void {
    this.states.set(name, { kind: "exited", exit });
  }

  /** Records the result of a health check. Returns whether the container runs. */
  checked(name: string, health: "healthy" | "unhealthy"): boolean {
    const state = this.states.get(name);
    if (state?.kind !== "running") return false;
    state.health = health;
    return true;
  }

  /** Starts every container whose dependencies are met. */
  startReady(nowMs: number): Started {
    for (const [name, state] of this.states) {
      if (state.kind !== "waiting") continue;
      const { dependsOn } = this.containers.get(name)!;
      const unmeetable = dependsOn.find((dependency) => this.isUnmeetable(dependency));
      if (unmeetable) return { impossible: this.describeUnmeetable(name, unmeetable) };
      if (dependsOn.every((dependency) => this.isMet(dependency))) this.start(name, nowMs);
    }
    return [...this.states.values()].some(({ kind }) => kind === "waiting") ? "waiting" : "all";
  }

  /** Starts a container, also one that has ended. */
  start(name: string, nowMs: number): void {
    this.states.set(name, { kind: "running", sinceMs: nowMs, health: "unknown" });
    this.emit({ kind: "start-container", task: this.task, container: name });
  }

  /** Returns the container that others wait for and that has taken longer than its start timeout; `undefined` if there is none. */
  overdue(nowMs: number): { readonly name: string; readonly startTimeoutSec: number } | undefined {
    const found = [...this.states].find(([name, state]) => {
      const deadlineMs = this.startDeadlineMs(name, state);
      return deadlineMs !== undefined && nowMs >= deadlineMs;
    });
    return found && { name: found[0], startTimeoutSec: this.containers.get(found[0])!.startTimeoutSec };
  }

  /** Gives up the containers that have not started. */
  abandonWaiting(): void {
    for (const [name, { kind }] of this.states) {
      if (kind === "waiting") this.states.set(name, { kind: "never-started" });
    }
  }

  /** Sends SIGTERM to each container that no running one depends on, which reverses the start order. Returns whether none runs any more. */
  stopNext(nowMs: number): boolean {
    const running = new Set(this.running);
    const needed = new Set(
      [...running].flatMap((name) => this.containers.get(name)!.dependsOn.map(({ container }) => container)),
    );
    for (const name of running) if (!needed.has(name)) this.stop(name, nowMs);
    return running.size === 0;
  }

  /** Sends SIGTERM to a container that is not stopping yet; SIGKILL follows after its stop timeout. */
  stop(name: string, nowMs: number): void {
    if (this.states.get(name)!.kind !== "running") return;
    const killAtMs = nowMs + this.containers.get(name)!.stopTimeoutSec * 1000;
    this.states.set(name, { kind: "stopping", killAtMs, killed: false });
    this.emit({ kind: "signal", task: this.task, container: name, signal: "SIGTERM" });
  }

  /** Sends SIGKILL to each container that has not ended within its stop timeout. */
  killOverdue(nowMs: number): void {
    for (const [name, state] of this.states) {
      if (state.kind === "stopping" && !state.killed && nowMs >= state.killAtMs) this.kill(name);
    }
  }

  kill(name: string): void {
    this.states.set(name, { kind: "stopping", killAtMs: 0, killed: true });
    this.emit({ kind: "signal", task: this.task, container: name, signal: "SIGKILL" });
  }

  /** Lists the deadlines of starts and stops, in ms and in no order. */
  deadlinesMs(): number[] {
    return [...this.states].flatMap(([name, state]) => {
      if (state.kind === "stopping" && !state.killed) return [state.killAtMs];
      return this.startDeadlineMs(name, state) ?? [];
    });
  }

  /** Only a container that another one waits for has a deadline. */
  private startDeadlineMs(name: string, state: ContainerState): number | undefined {
    if (state.kind !== "running" || !this.isAwaited(name)) return undefined;
    return state.sinceMs + this.containers.get(name)!.startTimeoutSec * 1000;
  }

  private isAwaited(name: string): boolean {
    return [...this.states].some(
      ([other, state]) =>
        state.kind === "waiting" &&
        this.containers
          .get(other)!
          .dependsOn.some((dependency) => dependency.container === name && !this.isMet(dependency)),
    );
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

  private describeUnmeetable(name: string, { container, condition }: Dependency): string {
    const state = this.states.get(container)!;
    const ended = state.kind === "exited" ? `: ${describeExit(state.exit)}` : "";
    return `${name} waits for ${condition} of ${container}${ended}`;
  }
}

export function describeExit({ code, reason }: Exit): string {
  return reason === undefined ? `exit code ${code}` : `exit code ${code}, ${reason}`;
}
