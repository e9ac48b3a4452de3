import { setTimeout } from "node:timers/promises";
import { slotName } from "../balancer/balancer-plan";
import { type Haproxy } from "../balancer/haproxy";
import { type Command, type Event, type TargetHealth } from "../scheduler/commands";
import { Scheduler } from "../scheduler/scheduler";
import { type ServiceSettings } from "../scheduler/settings";
import { ECS_TASKS, type TaskKind } from "../scheduler/task-kind";
import { instances } from "../instances/instance-kind";
import { type ScheduledTask } from "../scheduler/scheduled-task";
import { OneOffTasks } from "./one-off-tasks";
import { type Release } from "./release";
import { type TaskHost } from "../tasks/task-host";
import { type Topology } from "../topology/topology";

export interface ServiceLoopOptions {
  readonly host: TaskHost;
  readonly balancer: Haproxy;
  readonly release: Release;
  readonly desiredCount: number;
  readonly report: (message: string) => void;
  /** Receives each task that has ended. */
  readonly onStopped: ((task: ScheduledTask) => void) | undefined;
  /** Called when a task has ended and its slot is free again. */
  readonly onReleased: (slot: number) => Promise<void>;
}

/** Interval for reading the balancer's state and calling the scheduler. */
const POLL_EVERY_MS = 200;

export function settingsOf({ service, targetGroup }: Topology): ServiceSettings {
  const { minimumHealthyPercent, maximumPercent, gracePeriodSec, circuitBreaker } = service;
  return {
    minimumHealthyPercent,
    maximumPercent,
    gracePeriodSec,
    circuitBreaker,
    deregistrationDelaySec: targetGroup.deregistrationDelaySec,
  };
}

/** Instances of a release have the hooks and times that were applied with it. */
function kindOf({ group }: Topology): TaskKind {
  return group === undefined ? ECS_TASKS : instances((revision) => (revision as Release).topology.group ?? group);
}

/** Connects the scheduler to the real clock, processes and balancer, and executes its commands one at a time. */
export class ServiceLoop {
  readonly scheduler: Scheduler;
  readonly oneOffTasks: OneOffTasks;
  /** Open connections of each task when the balancer was last read. */
  readonly connections = new Map<string, number>();

  private work: Promise<void> = Promise.resolve();
  private readonly lastHealth = new Map<string, TargetHealth>();
  private readonly loop: Promise<void>;
  private running = true;

  constructor(private readonly options: ServiceLoopOptions) {
    const { host, onReleased } = options;
    this.oneOffTasks = new OneOffTasks({ host, nowMs: () => this.nowMs, onReleased });
    this.scheduler = new Scheduler({
      kind: kindOf(options.release.topology),
      desiredCount: options.desiredCount,
      settings: settingsOf(options.release.topology),
      revision: options.release,
      nowMs: this.nowMs,
      command: (command) => this.enqueue(command),
      report: options.report,
      stopped: options.onStopped,
    });
    this.loop = this.poll();
  }

  get nowMs(): number {
    return performance.now();
  }

  /** Passes an event to its task. */
  handle(event: Event): void {
    if (this.running && !this.oneOffTasks.handle(event)) this.scheduler.handle(event, this.nowMs);
  }

  /** Ends the loop. Tasks keep running, and their events are ignored. */
  async end(): Promise<void> {
    this.running = false;
    await this.loop;
    await this.work;
  }

  private enqueue(command: Command): void {
    if (!this.running) return;
    // The scheduler may forget the deployment before the command is executed.
    const release = command.kind === "create-task" ? this.releaseOf(command.deployment) : undefined;
    this.work = this.work
      .then(() => this.execute(command, release))
      .catch((error: unknown) => {
        this.options.report(`could not ${command.kind} ${command.task}: ${(error as Error).message}`);
      });
  }

  /** Falls back to the first release, also while the scheduler is being constructed. */
  private releaseOf(deployment: string): Release {
    const found = (this.scheduler as Scheduler | undefined)?.deployments.find(({ id }) => id === deployment);
    return (found?.revision as Release | undefined) ?? this.options.release;
  }

  private async execute(command: Command, release: Release | undefined): Promise<void> {
    const { host, balancer } = this.options;
    const slot = host.find(command.task)?.slot;
    switch (command.kind) {
      case "create-task":
        host.create(command.task, release!);
        break;
      case "start-container":
        host.start(command.task, command.container);
        break;
      case "signal":
        host.signal(command.task, command.container, command.signal);
        break;
      case "register":
        await balancer.register(slotName(slot!));
        break;
      case "deregister":
        await balancer.deregister(slotName(slot!));
        break;
      case "close-connections":
        await balancer.closeConnections(slotName(slot!));
        break;
      case "fail-health-checks":
        host.failHealthChecks(command.task);
        break;
      case "release-task":
        host.release(command.task);
        this.lastHealth.delete(command.task);
        this.connections.delete(command.task);
        await this.options.onReleased(slot!);
        break;
    }
  }

  private async poll(): Promise<void> {
    // The scheduler does not exist yet while the constructor runs.
    await setTimeout(0);
    while (this.running) {
      await this.readBalancer();
      this.scheduler.tick(this.nowMs);
      this.oneOffTasks.tick();
      await setTimeout(POLL_EVERY_MS);
    }
  }

  private async readBalancer(): Promise<void> {
    // Earlier commands must take effect before the state is read.
    await this.work;
    const slots = await this.options.balancer.readSlots().catch(() => undefined);
    if (slots === undefined) return;
    for (const { id, phase } of [...this.scheduler.tasks]) {
      const slot = this.options.host.find(id)?.slot;
      const state = slot === undefined ? undefined : slots.get(slotName(slot));
      if (state === undefined) continue;
      this.connections.set(id, state.connections);
      if (phase === "RUNNING" && this.lastHealth.get(id) !== state.health) {
        this.lastHealth.set(id, state.health);
        this.scheduler.handle({ kind: "target-health", task: id, health: state.health }, this.nowMs);
      }
      if (phase === "DEACTIVATING") {
        this.scheduler.handle({ kind: "connections", task: id, open: state.connections }, this.nowMs);
      }
    }
  }
}
