import { type Command, type Exit, type TargetHealth } from "../../../tools/twin/scheduler/commands";
import { type Revision } from "../../../tools/twin/scheduler/deployment";
import { Scheduler } from "../../../tools/twin/scheduler/scheduler";
import { type ServiceSettings } from "../../../tools/twin/scheduler/settings";
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

/** A scheduler under a clock that the test moves, and a world that does only what the test says. */
export class ServiceDouble {
  nowMs = 0;
  readonly scheduler: Scheduler;
  readonly said: string[] = [];
  private commands: Command[] = [];

  constructor(desiredCount: number, settings: Partial<ServiceSettings> = {}, first = revision("v1")) {
    this.scheduler = new Scheduler({
      desiredCount,
      settings: { ...SETTINGS, ...settings },
      revision: first,
      nowMs: 0,
      command: (command) => this.commands.push(command),
      report: (message) => this.said.push(message),
    });
  }

  /** What was ordered since the last look, one line each: `start-container task-1 app`. */
  orders(): string[] {
    const orders = this.commands.map((command) => {
      const container = "container" in command ? ` ${command.container}` : "";
      const signal = "signal" in command ? ` ${command.signal}` : "";
      return `${command.kind} ${command.task}${container}${signal}`;
    });
    this.commands = [];
    return orders;
  }

  /** Each task's phase, with its target's health. */
  phases(): Record<string, string> {
    return Object.fromEntries(
      this.scheduler.tasks.map(({ id, phase, targetHealth }) => [id, [phase, targetHealth].filter(Boolean).join(" ")]),
    );
  }

  exit(task: number, name: string, code = 0, reason?: string): void {
    const exit: Exit = { code, reason };
    this.scheduler.handle({ kind: "container-exited", task: `task-${task}`, container: name, exit }, this.nowMs);
  }

  target(task: number, health: TargetHealth): void {
    this.scheduler.handle({ kind: "target-health", task: `task-${task}`, health }, this.nowMs);
  }

  check(task: number, name: string, health: "healthy" | "unhealthy"): void {
    this.scheduler.handle({ kind: "container-health", task: `task-${task}`, container: name, health }, this.nowMs);
  }

  connections(task: number, open: number): void {
    this.scheduler.handle({ kind: "connections", task: `task-${task}`, open }, this.nowMs);
  }

  /** Migrates, starts and passes its checks. */
  bringUp(...tasks: number[]): void {
    for (const task of tasks) {
      this.exit(task, "migration");
      this.target(task, "healthy");
    }
  }

  /** Lets time pass, with every deadline on the way kept. */
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

  /** A deregistered task loses its connections, is told to stop, and does. */
  drain(...tasks: number[]): void {
    for (const task of tasks) {
      this.connections(task, 0);
      this.exit(task, "app", 0);
    }
  }
}
