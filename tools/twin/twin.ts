import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { setTimeout } from "node:timers/promises";
import { type LocalServer } from "../servers/local-server";
import { type BackingServers } from "./data/backing-servers";
import { type Haproxy } from "./balancer/haproxy";
import { balancerPlan } from "./balancer/balancer-plan";
import { TwinError } from "./errors";
import { type ContainerImage, type Image, isContainerImage } from "./tasks/image";
import { type AddressBlock, CLIENT_PATHS } from "./network/address-block";
import { PacketFilter } from "./network/packet-filter";
import { Partitions, type Peer, PEERS } from "./network/partitions";
import { writeRecord } from "./registry/registry";
import { identityOf, type Release, releaseOf, withinScaling } from "./service/release";
import { ServiceLoop, settingsOf } from "./service/service-loop";
import { deploymentStatus, taskStatus, type TaskStatus, type TwinEvent, type TwinStatus } from "./status/status";
import { GeneratedSecrets } from "./data/secrets";
import { describeSubstitutions } from "./status/substitutions";
import { type HostedTask, TaskHost } from "./tasks/task-host";
import { ContainerRunner } from "./tasks/container-runner";
import { ProcessRunner } from "./tasks/process-runner";
import { type TaskRunner } from "./tasks/task-runner";
import { type Topology } from "./topology/topology";

export interface TwinOptions {
  readonly topology: Topology;
  readonly image: Image | ContainerImage;
  /** Port of the balancer on 127.0.0.1. @default a free one */
  readonly port?: number;
  /** Where the containers' output goes, one file each. @default a folder that goes with the twin */
  readonly logFolder?: string;
  /** Called with each event of the service. */
  readonly onEvent?: (event: TwinEvent) => void;
  /** Values of secrets by ARN, for whoever has to know them, such as a load generator. @default made up here, as all others are */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** What a twin stands on, all of it up. */
export interface TwinParts {
  readonly addresses: AddressBlock;
  readonly folder: string;
  readonly servers: BackingServers;
  readonly balancer: Haproxy;
  readonly port: number;
  readonly taskPort: number;
}

export interface DeployOptions {
  /** What was applied now. @default as before */
  readonly topology?: Topology;
  /** @default as before */
  readonly image?: Image | ContainerImage;
  /** Roll even when nothing changed. @default false */
  readonly force?: boolean;
}

const EVENTS_KEPT = 200;
const EVENTS_SHOWN = 20;
const LOOK_EVERY_MS = 100;

/** A running copy of an applied topology. Everything that it started ends with `stop`, or with this process. */
export class Twin {
  readonly url: string;
  readonly folder: string;

  private release: Release;
  private readonly host: TaskHost;
  private readonly loop: ServiceLoop;
  private readonly filter: PacketFilter;
  private readonly partitions: Partitions;
  private readonly secrets: GeneratedSecrets;
  private readonly eventLog: TwinEvent[] = [];
  private stopping: Promise<void> | undefined;

  /** @internal use startTwin */
  constructor(
    private readonly options: TwinOptions,
    private readonly parts: TwinParts,
  ) {
    const { addresses, folder, servers, balancer, port, taskPort } = parts;
    const { topology, image } = options;
    this.folder = folder;
    this.url = `http://127.0.0.1:${port}`;
    this.filter = new PacketFilter(addresses.label);
    this.partitions = new Partitions(addresses, this.filter);
    const master = topology.database?.masterSecretArn;
    this.secrets = new GeneratedSecrets({
      ...options.secrets,
      ...(master !== undefined && { [master]: servers.masterCredentials }),
    });
    this.release = releaseOf(topology, image);
    this.host = new TaskHost({
      runnerOf: (release) => runnerOf(release.image, addresses.label, join(folder, "containers")),
      addresses,
      taskPort,
      origin: this.url,
      redisPort: servers.redis?.port ?? 0,
      databasePort: servers.database?.port ?? 0,
      secrets: () => this.secrets,
      logFolder: options.logFolder ?? join(folder, "logs"),
      onExit: (task, container, exit) => this.loop.handle({ kind: "container-exited", task, container, exit }),
      onHealth: (task, container, health) => this.loop.handle({ kind: "container-health", task, container, health }),
      onChange: () => this.record(),
    });
    this.loop = new ServiceLoop({
      host: this.host,
      balancer,
      release: this.release,
      desiredCount: withinScaling(topology, topology.service.desiredCount),
      say: (message) => this.say(message),
      onReleased: (slot) => this.partitions.healTask(slot),
    });
    this.record();
  }

  /** What was applied last. */
  get topology(): Topology {
    return this.release.topology;
  }

  /** Redis of this twin: stop, start, kill, pause, resume. @throws TwinError when the topology has none */
  get redis(): LocalServer & { readonly url: string } {
    return present(this.parts.servers.redis, "cache");
  }

  /** PostgreSQL of this twin. @throws TwinError when the topology has none */
  get database(): LocalServer & {
    urlOf(database: string): string;
    sql(text: string, database?: string): Promise<string>;
  } {
    return present(this.parts.servers.database, "database");
  }

  /** Cuts all connections of the balancer and brings it back. */
  async restartBalancer(): Promise<void> {
    this.say("balancer is restarted");
    await this.parts.balancer.restart();
    this.record();
  }

  /** Ways into the balancer beside `url` that `partitionClients` cuts one by one, the first at index 0. */
  get clientUrls(): string[] {
    const { addresses, port } = this.parts;
    return Array.from({ length: CLIENT_PATHS }, (_, index) => `http://${addresses.client(index + 1)}:${port}`);
  }

  get balancerLog(): string {
    return this.parts.balancer.logFile;
  }

  /** Files that containers print into, of tasks that are gone as well. */
  logFile(task: string, container = this.topology.service.containerName): string {
    return this.host.logFile(task, container);
  }

  get logFolder(): string {
    return this.options.logFolder ?? join(this.folder, "logs");
  }

  get events(): readonly TwinEvent[] {
    return this.eventLog;
  }

  status(): TwinStatus {
    const { scheduler } = this.loop;
    const { servers, balancer, addresses } = this.parts;
    return {
      service: this.topology.name,
      url: this.url,
      steady: scheduler.isSteady,
      desiredCount: scheduler.desiredCount,
      scaling: this.topology.scaling,
      deployments: scheduler.deployments.map(deploymentStatus),
      tasks: this.tasks(),
      servers: {
        balancer: balancer.pid === undefined ? "down" : "up",
        redis: servers.redis?.state ?? "none",
        database: servers.database?.state ?? "none",
      },
      substitutions: describeSubstitutions(this.topology, {
        origin: this.url,
        tasks: `${addresses.task(1)} and on`,
        image: isContainerImage(this.release.image) ? this.release.image.name : undefined,
      }),
      reservations: this.reservations(),
      events: this.eventLog.slice(-EVENTS_SHOWN),
    };
  }

  tasks(): TaskStatus[] {
    const { addresses, taskPort } = this.parts;
    return this.loop.scheduler.tasks.map((task) => {
      const hosted = this.host.find(task.id);
      return taskStatus(task, {
        processes: [...(hosted?.containers ?? [])].map(([name, { pid }]) => [name, pid] as const),
        address: hosted ? `${addresses.task(hosted.slot)}:${taskPort}` : "",
        connections: this.loop.connections.get(task.id) ?? 0,
        cutFrom: hosted ? this.partitions.cutFrom(hosted.slot) : [],
      });
    });
  }

  /** Changes the number of tasks. @throws TwinError outside the autoscaler's bounds, to which AWS would bring it back */
  scale(desiredCount: number): void {
    const { scaling } = this.topology;
    const { min, max } = scaling ? { min: scaling.minCount, max: scaling.maxCount } : { min: 0, max: 5000 };
    if (!Number.isInteger(desiredCount) || desiredCount < min || desiredCount > max) {
      throw new TwinError(`scale: expected ${min} to ${max} tasks, the bounds of autoscaling, got ${desiredCount}.`);
    }
    this.loop.scheduler.scale(desiredCount, this.loop.nowMs);
  }

  /** Takes over what was applied now: attributes in place, the task count, and, when the task changed, by a rolling deployment. */
  async deploy({
    topology = this.topology,
    image = this.release.image,
    force = false,
  }: DeployOptions = {}): Promise<void> {
    const before = this.topology;
    const { scheduler } = this.loop;
    const next = releaseOf(topology, image);
    const running = scheduler.primary.revision as Release;
    this.release = next;
    if (!isDeepStrictEqual([before.loadBalancer, before.targetGroup], [topology.loadBalancer, topology.targetGroup])) {
      this.say("load balancer and target group take their new attributes");
      await this.parts.balancer.configure(balancerPlan(topology, this.parts));
    }
    scheduler.configure(settingsOf(topology), this.loop.nowMs);
    const desired = topology.scaling ? scheduler.desiredCount : topology.service.desiredCount;
    scheduler.scale(withinScaling(topology, desired), this.loop.nowMs);
    const changed = !isDeepStrictEqual(identityOf(running), identityOf(next));
    if (changed || force) {
      this.say(`deploys ${next.label}${changed ? "" : " anew"}`);
      scheduler.deploy(next, this.loop.nowMs);
    }
  }

  /** Signals every process of a task, as if its machine had failed. @throws TwinError when there is no such task */
  kill(task: string, signal: NodeJS.Signals = "SIGKILL"): void {
    const { containers } = this.task(task);
    this.say(`${task} gets ${signal}`);
    for (const container of containers.values()) container.signal(signal);
  }

  /** Stops a task as `aws ecs stop-task` does: out of the balancer, drain, SIGTERM; the service starts another. */
  stopTask(task: string): void {
    this.task(task);
    this.loop.scheduler.stopTask(task, "Task stopped by user", this.loop.nowMs);
  }

  /** Drops all packets between a task and a peer; connections stay half-open. @throws TwinError without root or iptables */
  async partition(task: string, peer: Peer): Promise<void> {
    if (!PEERS.includes(peer)) throw new TwinError(`partition: expected ${PEERS.join(", ")}, got ${String(peer)}.`);
    await this.partitions.cutTask(this.task(task).slot, peer);
    this.say(`${task} is cut off from ${peer}`);
  }

  /** Drops all packets of clients that came by `clientUrls[path - 1]`. */
  async partitionClients(path: number): Promise<void> {
    await this.partitions.cutClients(path);
    this.say(`clients of path ${path} are cut off`);
  }

  async healClients(path: number): Promise<void> {
    await this.partitions.healClients(path);
  }

  /** Ends the partition of a task and a peer, of a task and all, or all of them. */
  async heal(task?: string, peer?: Peer): Promise<void> {
    if (task === undefined) await this.partitions.healAll();
    else await this.partitions.healTask(this.task(task).slot, peer ? [peer] : PEERS);
    this.say(`${task ?? "everything"} is connected again`);
  }

  /** Resolves once the condition holds. @throws Error after the time with the last status, for a test to print */
  async until(condition: (status: TwinStatus) => boolean, withinMs = 120_000): Promise<TwinStatus> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const status = this.status();
      if (condition(status)) return status;
      if (Date.now() > deadline) {
        throw new Error(`the twin did not get there within ${withinMs} ms: ${JSON.stringify(status, undefined, 2)}`);
      }
      await setTimeout(LOOK_EVERY_MS);
    }
  }

  untilSteady(withinMs?: number): Promise<TwinStatus> {
    return this.until(({ steady }) => steady, withinMs);
  }

  /** Ends everything at once and removes every trace. */
  stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  private async end(): Promise<void> {
    await this.loop.end();
    await this.host.killAll();
    await this.parts.balancer.stop();
    await this.parts.servers.close();
    await this.filter.remove();
    rmSync(this.folder, { recursive: true, force: true });
    await this.parts.addresses.release();
  }

  private task(id: string): HostedTask {
    const task = this.host.find(id);
    if (task) return task;
    const known = this.host.tasks.map((candidate) => candidate.id).join(", ");
    throw new TwinError(`no such task: ${id}. There is ${known || "none"}.`);
  }

  private reservations(): string[] {
    const obstacle = PacketFilter.obstacle();
    const unheld = new Set(this.host.tasks.flatMap(({ unheld: reason }) => reason ?? []));
    return [
      ...[...unheld].map((reason) => `CPU and memory of tasks are not limited: ${reason}`),
      ...(obstacle ? [obstacle] : []),
    ];
  }

  private say(message: string): void {
    const event = { atMs: Date.now(), message };
    this.eventLog.push(event);
    if (this.eventLog.length > EVENTS_KEPT) this.eventLog.shift();
    this.options.onEvent?.(event);
  }

  private record(): void {
    if (this.stopping) return;
    const { balancer, folder } = this.parts;
    const tasks = this.host.tasks.flatMap(({ containers }) => [...containers.values()].map(({ pid }) => pid));
    const pids = [balancer.pid, ...tasks].filter((pid) => pid !== undefined);
    const { name: service } = this.topology;
    writeRecord(folder, { service, project: process.cwd(), pid: process.pid, url: this.url }, pids);
    chmodSync(folder, 0o700);
  }
}

function runnerOf(image: Image | ContainerImage, label: string, folder: string): TaskRunner {
  return isContainerImage(image)
    ? new ContainerRunner({ label, image: image.name, folder })
    : new ProcessRunner(label, image);
}

function present<T>(server: T | undefined, name: string): T {
  if (server === undefined) throw new TwinError(`the applied topology has no ${name}.`);
  return server;
}
