import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { failHealthChecks, prepareNginx } from "../instances/local-nginx";
import { type AddressBlock, SLOTS } from "../network/address-block";
import { type LocalPorts } from "../network/local-ports";
import { TwinError } from "../errors";
import { type Exit } from "../scheduler/commands";
import { type Release } from "../service/release";
import { type GeneratedSecrets } from "../data/secrets";
import { localEnvironment } from "./environment";
import { type RunningContainer, type RunningTask, type TaskRunner } from "./task-runner";
import { type Container, type ContainerHealthCheck } from "../topology/topology";

export interface TaskHostOptions {
  readonly runnerOf: (release: Release) => TaskRunner;
  readonly addresses: AddressBlock;
  readonly ports: LocalPorts;
  /** Folder for the files of instances. */
  readonly folder: string;
  readonly origin: string;
  readonly redisPort: number;
  readonly databasePort: number;
  readonly secrets: GeneratedSecrets;
  readonly logFolder: string;
  readonly onExit: (task: string, container: string, exit: Exit) => void;
  readonly onHealth: (task: string, container: string, health: "healthy" | "unhealthy") => void;
  /** Called when a process begins or ends. */
  readonly onChange: () => void;
}

/** A task that runs on this machine. */
export interface HostedTask {
  readonly id: string;
  /** 1 to SLOTS: the last number of its addresses, and its server in the balancer. */
  readonly slot: number;
  readonly release: Release;
  readonly unlimitedBecause: string | undefined;
  readonly containers: ReadonlyMap<string, RunningContainer>;
}

interface Entry extends HostedTask {
  readonly running: RunningTask;
  readonly containers: Map<string, RunningContainer>;
}

/** Runs the containers of tasks, each task in a slot of its own. */
export class TaskHost {
  private readonly entries = new Map<string, Entry>();
  private lastSlot = 0;

  constructor(private readonly options: TaskHostOptions) {
    mkdirSync(options.logFolder, { recursive: true });
  }

  get tasks(): HostedTask[] {
    return [...this.entries.values()];
  }

  find(task: string): HostedTask | undefined {
    return this.entries.get(task);
  }

  create(task: string, release: Release): void {
    const { cpu, memoryMiB } = release.topology.task;
    const running = this.options.runnerOf(release).create({ id: task, limits: { cpu, memoryMiB } });
    const slot = this.freeSlot();
    const containers = new Map<string, RunningContainer>();
    this.entries.set(task, {
      id: task,
      slot,
      release,
      running,
      unlimitedBecause: running.unlimitedBecause,
      containers,
    });
  }

  start(task: string, name: string): void {
    const entry = this.entry(task);
    const container = entry.release.containers.find((candidate) => candidate.name === name)!;
    const run = entry.running.start({
      name,
      command: this.command(entry, container),
      environment: this.environment(entry, container),
      isolation: container.isolation,
      logFile: this.logFile(task, name),
    });
    entry.containers.set(name, run);
    this.options.onChange();
    const lifetime = { over: false };
    void run.exited.then((exit) => {
      lifetime.over = true;
      entry.containers.delete(name);
      this.options.onChange();
      this.options.onExit(task, name, exit);
    });
    if (container.healthCheck) void this.checkHealth(task, name, run, container.healthCheck, lifetime);
  }

  signal(task: string, container: string, signal: NodeJS.Signals): void {
    this.entries.get(task)?.containers.get(container)?.signal(signal);
  }

  release(task: string): void {
    const entry = this.entries.get(task);
    this.entries.delete(task);
    entry?.running.release();
    this.options.onChange();
  }

  /** Kills every container and resolves once all have ended. */
  async killAll(): Promise<void> {
    const entries = [...this.entries.values()];
    const containers = entries.flatMap((entry) => [...entry.containers.values()]);
    for (const container of containers) container.signal("SIGKILL");
    await Promise.all(containers.map(({ exited }) => exited));
    for (const entry of entries) entry.running.release();
    this.entries.clear();
  }

  logFile(task: string, container: string): string {
    return join(this.options.logFolder, `${task}.${container}.log`);
  }

  /** Answers the load balancer's health checks of an instance with 503 from now on. */
  failHealthChecks(task: string): void {
    failHealthChecks(this.folderOf(task));
  }

  private folderOf(task: string): string {
    return join(this.options.folder, task);
  }

  private command({ id, slot, release }: Entry, { name, command }: Container): readonly string[] | undefined {
    const { addresses, ports } = this.options;
    const nginx = release.topology.group?.nginx;
    if (name !== nginx?.container) return command;
    return prepareNginx({
      nginx,
      folder: this.folderOf(id),
      address: addresses.task(slot),
      portOf: (port) => ports.of(port),
    });
  }

  private environment({ slot, release }: Entry, container: Container): Record<string, string> {
    const { addresses, ports, origin, redisPort, databasePort, secrets } = this.options;
    const place = {
      address: addresses.task(slot),
      port: ports.of(Number(container.environment["PORT"])),
      origin,
      redis: { host: addresses.redis(slot), port: redisPort },
      database: { host: addresses.database(slot), port: databasePort },
    };
    return localEnvironment(container, release.topology, place, secrets);
  }

  /** Takes slots in turn, so that an address is reused as late as possible, as on AWS: clients may keep old cookies. */
  private freeSlot(): number {
    const taken = new Set([...this.entries.values()].map(({ slot }) => slot));
    for (let step = 1; step <= SLOTS; step++) {
      const slot = ((this.lastSlot + step - 1) % SLOTS) + 1;
      if (taken.has(slot)) continue;
      this.lastSlot = slot;
      return slot;
    }
    throw new TwinError(
      `the twin runs at most ${SLOTS} tasks at a time, draining ones included. Scale down or wait for tasks to drain.`,
    );
  }

  private entry(task: string): Entry {
    const entry = this.entries.get(task);
    if (entry === undefined) throw new TwinError(`no such task: ${task}.`);
    return entry;
  }

  /** Checks a container as the ECS agent does: failures count after the start period, and `retries` in a row make it unhealthy. */
  private async checkHealth(
    task: string,
    name: string,
    run: RunningContainer,
    check: ContainerHealthCheck,
    lifetime: { readonly over: boolean },
  ): Promise<void> {
    const startedMs = performance.now();
    let failures = 0;
    for (;;) {
      await setTimeout(check.intervalSec * 1000, undefined, { ref: false });
      if (lifetime.over) return;
      if (await run.check(check.command, check.timeoutSec)) {
        failures = 0;
        this.options.onHealth(task, name, "healthy");
      } else if (performance.now() - startedMs >= check.startPeriodSec * 1000) {
        failures++;
        if (failures >= check.retries) this.options.onHealth(task, name, "unhealthy");
      }
    }
  }
}
