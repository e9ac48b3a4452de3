import { setTimeout } from "node:timers/promises";
import { slotName } from "../balancer/balancer-plan";
import { type Haproxy } from "../balancer/haproxy";
import { type Command, type Event, type TargetHealth } from "../scheduler/commands";
import { Scheduler } from "../scheduler/scheduler";
import { type ServiceSettings } from "../scheduler/settings";
import { type Release } from "./release";
import { type TaskHost } from "../tasks/task-host";
import { type Topology } from "../topology/topology";

export interface ServiceLoopOptions {
  readonly host: TaskHost;
  readonly balancer: Haproxy;
  readonly release: Release;
  readonly desiredCount: number;
  readonly report: (message: string) => void;
  /** Called when the last packets of a task are sent and its slot is free again. */
  readonly onReleased: (slot: number) => Promise<void>;
}

/** How often the balancer is asked and the clock is looked at. */
const LOOK_EVERY_MS = 200;

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

/** Drives the scheduler with the real clock, real processes and the real balancer: carries out its commands, one at a time. */
export class ServiceLoop {
  readonly scheduler: Scheduler;
  /** Open connections of each task at the last look. */
  readonly connections = new Map<string, number>();

  private work: Promise<void> = Promise.resolve();
  private readonly seen = new Map<string, TargetHealth>();
  private readonly loop: Promise<void>;
  private running = true;

  constructor(private readonly options: ServiceLoopOptions) {
    this.scheduler = new Scheduler({
      desiredCount: options.desiredCount,
      settings: settingsOf(options.release.topology),
      revision: options.release,
      nowMs: this.nowMs,
      command: (command) => this.enqueue(command),
      report: options.report,
    });
    this.loop = this.keepLooking();
  }

  get nowMs(): number {
    return performance.now();
  }

  /** Something has happened to a task. */
  handle(event: Event): void {
    if (this.running) this.scheduler.handle(event, this.nowMs);
  }

  /** Ends the loop; tasks live on, and nothing is done about what happens to them. */
  async end(): Promise<void> {
    this.running = false;
    await this.loop;
    await this.work;
  }

  private enqueue(command: Command): void {
    if (!this.running) return;
    // The deployment is looked up now: by the time of the work it may be forgotten.
    const release = command.kind === "create-task" ? this.releaseOf(command.deployment) : undefined;
    this.work = this.work
      .then(() => this.execute(command, release))
      .catch((error: unknown) => {
        this.options.report(`could not ${command.kind} ${command.task}: ${(error as Error).message}`);
      });
  }

  /** Before the constructor has its scheduler, only the first release can be meant. */
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
      case "release-task":
        host.release(command.task);
        this.seen.delete(command.task);
        this.connections.delete(command.task);
        await this.options.onReleased(slot!);
        break;
    }
  }

  private async keepLooking(): Promise<void> {
    // The scheduler is not there yet while the constructor runs.
    await setTimeout(0);
    while (this.running) {
      await this.look();
      this.scheduler.tick(this.nowMs);
      await setTimeout(LOOK_EVERY_MS);
    }
  }

  private async look(): Promise<void> {
    // What was ordered before is done before its effect is looked for.
    await this.work;
    const slots = await this.options.balancer.look().catch(() => undefined);
    if (slots === undefined) return;
    for (const { id, phase } of [...this.scheduler.tasks]) {
      const slot = this.options.host.find(id)?.slot;
      const state = slot === undefined ? undefined : slots.get(slotName(slot));
      if (state === undefined) continue;
      this.connections.set(id, state.connections);
      if (phase === "RUNNING" && this.seen.get(id) !== state.health) {
        this.seen.set(id, state.health);
        this.scheduler.handle({ kind: "target-health", task: id, health: state.health }, this.nowMs);
      }
      if (phase === "DEACTIVATING") {
        this.scheduler.handle({ kind: "connections", task: id, open: state.connections }, this.nowMs);
      }
    }
  }
}
