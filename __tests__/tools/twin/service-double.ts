import { type Command, type Exit, type TargetHealth } from "../../../tools/twin/scheduler/commands";
import { type Revision } from "../../../tools/twin/scheduler/deployment";
import { Scheduler } from "../../../tools/twin/scheduler/scheduler";
import { type ServiceSettings } from "../../../tools/twin/scheduler/settings";
import { ECS_TASKS, type TaskKind } from "../../../tools/twin/scheduler/task-kind";
import { type Container } from "../../../tools/twin/topology/topology";

export function container(name: string, overrides: Partial<Container> = {}): Container {
  return {
    name,
    image: "registry/app:1",
    essential: true,
    command: undefined,
    environment: {},
    secrets: {},
    dependsOn: [],
    startTimeoutSec: 120,
    stopTimeoutSec: 70,
    healthCheck: undefined,
    isolation: {
      user: undefined,
      readonlyRoot: false,
      init: false,
      droppedCapabilities: [],
      volumes: [],
      openFiles: undefined,
    },
    ...overrides,
  };
}

export const MIGRATION = container("migration", { essential: false });
export const APP = container("app", { dependsOn: [{ container: "migration", condition: "SUCCESS" }] });

export const SETTINGS: ServiceSettings = {
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  gracePeriodSec: 240,
  circuitBreaker: { enabled: true, rollback: true },
  deregistrationDelaySec: 30,
};

export function revision(label: string, containers: readonly Container[] = [MIGRATION, APP]): Revision {
  return { label, containers };
}

/** A scheduler with a clock and events that the test controls. */
export class ServiceDouble {
  nowMs = 0;
  readonly scheduler: Scheduler;
  readonly reports: string[] = [];
  private commands: Command[] = [];

  constructor(
    desiredCount: number,
    settings: Partial<ServiceSettings> = {},
    first = revision("v1"),
    private readonly kind: TaskKind = ECS_TASKS,
  ) {
    this.scheduler = new Scheduler({
      kind,
      desiredCount,
      settings: { ...SETTINGS, ...settings },
      revision: first,
      nowMs: 0,
      command: (command) => this.commands.push(command),
      report: (message) => this.reports.push(message),
    });
  }

  /** Returns and clears the orders since the last call, one line each: `start-container task-1 app`. */
  orders(): string[] {
    const orders = this.commands.map((command) => {
      const container = "container" in command ? ` ${command.container}` : "";
      const signal = "signal" in command ? ` ${command.signal}` : "";
      return `${command.kind} ${command.task}${container}${signal}`;
    });
    this.commands = [];
    return orders;
  }

  /** Returns the phase of each task, with the health of its target. */
  phases(): Record<string, string> {
    return Object.fromEntries(
      this.scheduler.tasks.map(({ id, phase, targetHealth }) => [id, [phase, targetHealth].filter(Boolean).join(" ")]),
    );
  }

  exit(task: number, name: string, code = 0, reason?: string): void {
    const exit: Exit = { code, reason };
    this.scheduler.handle({ kind: "container-exited", task: this.id(task), container: name, exit }, this.nowMs);
  }

  target(task: number, health: TargetHealth): void {
    this.scheduler.handle({ kind: "target-health", task: this.id(task), health }, this.nowMs);
  }

  check(task: number, name: string, health: "healthy" | "unhealthy"): void {
    this.scheduler.handle({ kind: "container-health", task: this.id(task), container: name, health }, this.nowMs);
  }

  connections(task: number, open: number): void {
    this.scheduler.handle({ kind: "connections", task: this.id(task), open }, this.nowMs);
  }

  private id(task: number): string {
    return `${this.kind.noun}-${task}`;
  }

  /** Completes the migration of tasks and makes their targets healthy. */
  bringUp(...tasks: number[]): void {
    for (const task of tasks) {
      this.exit(task, "migration");
      this.target(task, "healthy");
    }
  }

  /** Advances the clock and processes every deadline on the way. */
  pass(seconds: number): void {
    const endMs = this.nowMs + seconds * 1000;
    for (;;) {
      const next = this.scheduler.nextDeadlineMs(this.nowMs);
      if (next === undefined || next > endMs) break;
      this.nowMs = next;
      this.scheduler.tick(this.nowMs);
    }
    this.nowMs = endMs;
    this.scheduler.tick(this.nowMs);
  }

  /** Closes the connections of deregistered tasks and lets their containers exit. */
  drain(...tasks: number[]): void {
    for (const task of tasks) {
      this.connections(task, 0);
      this.exit(task, "app", 0);
    }
  }
}
