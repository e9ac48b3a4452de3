import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type LocalServer } from "../servers/local-server";
import { GeneratedSecrets } from "./data/secrets";
import { required, TwinError } from "./errors";
import { requireRunnable } from "./instances/require-runnable";
import { InstanceControl } from "./instances/instance-control";
import { CLIENT_PATHS } from "./network/address-block";
import { PacketFilter } from "./network/packet-filter";
import { Partitions, type Peer, PEERS } from "./network/partitions";
import { type DeployOptions, type TwinOptions, type TwinParts } from "./options";
import { writeRecord } from "./registry/registry";
import { deployRelease } from "./service/deploy";
import { type OneOffTasks } from "./service/one-off-tasks";
import { type Release, releaseOf, withinScaling } from "./service/release";
import { ServiceLoop } from "./service/service-loop";
import { EventLog } from "./status/event-log";
import { limitationsOf } from "./status/limitations";
import { deploymentStatus, taskStatus, type TaskStatus, type TwinEvent, type TwinStatus } from "./status/status";
import { describeSubstitutions } from "./status/substitutions";
import { waitForStatus } from "./status/wait-for-status";
import { isContainerImage } from "./tasks/image";
import { runnerOfImage } from "./tasks/runner-of-image";
import { type HostedTask, TaskHost } from "./tasks/task-host";
import { type Topology } from "./topology/topology";

const EVENTS_IN_STATUS = 20;

/** A running copy of an applied topology. Everything that it started ends with `stop`, or with this process. */
export class Twin {
  readonly url: string;
  readonly folder: string;

  private release: Release;
  private readonly host: TaskHost;
  private readonly loop: ServiceLoop;
  private readonly filter: PacketFilter;
  private readonly partitions: Partitions;
  private readonly log: EventLog;
  private readonly secrets: GeneratedSecrets;
  private stopping: Promise<void> | undefined;

  /** @internal use startTwin */
  constructor(
    private readonly options: TwinOptions,
    private readonly parts: TwinParts,
  ) {
    const { topology, image } = options;
    this.folder = parts.folder;
    this.url = `http://127.0.0.1:${parts.port}`;
    this.log = new EventLog(options.onEvent);
    this.filter = new PacketFilter(parts.addresses.label);
    this.partitions = new Partitions(parts.addresses, this.filter);
    this.release = releaseOf(topology, image);
    this.secrets = new GeneratedSecrets(options.secrets);
    this.setMasterCredentials();
    this.host = this.createHost();
    this.loop = new ServiceLoop({
      host: this.host,
      balancer: parts.balancer,
      release: this.release,
      desiredCount: withinScaling(topology, topology.service.desiredCount),
      report: (message) => this.log.add(message),
      onStopped: options.onTaskStopped,
      onReleased: (slot) => this.partitions.healTask(slot),
    });
    this.record();
  }

  /** What can happen to an instance of an Auto Scaling group. */
  get instances(): InstanceControl {
    return new InstanceControl(this.loop.scheduler, () => this.loop.nowMs);
  }

  /** What was applied last. */
  get topology(): Topology {
    return this.release.topology;
  }

  /** Redis of this twin: stop, start, kill, pause, resume. @throws TwinError when the topology has no cache */
  get redis(): LocalServer & { readonly url: string } {
    return required(this.parts.servers.redis, "cache");
  }

  /** PostgreSQL of this twin. @throws TwinError when the topology has no database */
  get database(): LocalServer & {
    urlOf(database: string): string;
    sql(text: string, database?: string): Promise<string>;
  } {
    return required(this.parts.servers.database, "database");
  }

  get oneOffTasks(): OneOffTasks {
    return this.loop.oneOffTasks;
  }

  /** Cuts all connections of the balancer and starts it again. */
  async restartBalancer(): Promise<void> {
    this.log.add("balancer is restarted");
    await this.parts.balancer.restart();
    this.record();
  }

  /** More addresses of the balancer beside `url`, which `partitionClients` cuts one by one; path 1 is at index 0. */
  get clientUrls(): string[] {
    const { addresses, port } = this.parts;
    return Array.from({ length: CLIENT_PATHS }, (_, index) => `http://${addresses.client(index + 1)}:${port}`);
  }

  get balancerLog(): string {
    return this.parts.balancer.logFile;
  }

  /** Returns the file with a container's output, also for a task that has ended. */
  logFile(task: string, container = this.topology.service.containerName): string {
    return this.host.logFile(task, container);
  }

  get logFolder(): string {
    return this.options.logFolder ?? join(this.folder, "logs");
  }

  get events(): readonly TwinEvent[] {
    return this.log.events;
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
      limitations: limitationsOf(this.host.tasks),
      events: this.log.events.slice(-EVENTS_IN_STATUS),
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

  /** Changes the number of tasks. @throws TwinError outside the autoscaler's bounds, to which AWS would move it back */
  scale(desiredCount: number): void {
    const { scaling } = this.topology;
    const { min, max } = scaling ? { min: scaling.minCount, max: scaling.maxCount } : { min: 0, max: 5000 };
    if (!Number.isInteger(desiredCount) || desiredCount < min || desiredCount > max) {
      throw new TwinError(`scale: expected ${min} to ${max} tasks, the bounds of autoscaling, got ${desiredCount}.`);
    }
    this.loop.scheduler.scale(desiredCount, this.loop.nowMs);
  }

  /** Applies a changed topology or image: attributes in place, the task count, and a rolling deployment when the tasks differ. */
  async deploy({
    topology = this.topology,
    image = this.release.image,
    force = false,
  }: DeployOptions = {}): Promise<void> {
    const before = this.release;
    requireRunnable(topology, image);
    this.release = releaseOf(topology, image);
    this.setMasterCredentials();
    const report = (message: string): void => this.log.add(message);
    await deployRelease({ parts: this.parts, loop: this.loop, report }, before, this.release, force);
  }

  /** Gives secrets other values, by ARN, for tasks that start from now on. */
  setSecrets(values: Readonly<Record<string, string>>): void {
    for (const [arn, value] of Object.entries(values)) this.secrets.set(arn, value);
    this.setMasterCredentials();
  }

  /** Signals every process of a task, as if its machine had failed. @throws TwinError when there is no such task */
  kill(task: string, signal: NodeJS.Signals = "SIGKILL"): void {
    const { containers } = this.task(task);
    this.log.add(`${task} gets ${signal}`);
    if (signal === "SIGKILL" && this.instances.lose(task)) return;
    for (const container of containers.values()) container.signal(signal);
  }

  /** Stops a task or an instance as AWS does when told to: deregister, drain, end; the service starts another. */
  stopTask(task: string): void {
    this.task(task);
    this.loop.scheduler.stopTask(task, "Task stopped by user", this.loop.nowMs);
  }

  /** Drops all packets between a task and a peer; connections stay half-open. @throws TwinError without root or iptables */
  async partition(task: string, peer: Peer): Promise<void> {
    if (!PEERS.includes(peer)) throw new TwinError(`partition: expected ${PEERS.join(", ")}, got ${String(peer)}.`);
    await this.partitions.cutTask(this.task(task).slot, peer);
    this.log.add(`${task} is cut off from ${peer}`);
  }

  /** Drops all packets of clients that connected by `clientUrls[path - 1]`. */
  async partitionClients(path: number): Promise<void> {
    await this.partitions.cutClients(path);
    this.log.add(`clients of path ${path} are cut off`);
  }

  async healClients(path: number): Promise<void> {
    await this.partitions.healClients(path);
  }

  /** Ends the partition between a task and a peer, all partitions of a task, or all partitions. */
  async heal(task?: string, peer?: Peer): Promise<void> {
    if (task === undefined) await this.partitions.healAll();
    else await this.partitions.healTask(this.task(task).slot, peer ? [peer] : PEERS);
    this.log.add(`${task ?? "everything"} is connected again`);
  }

  /** Resolves once the condition holds. @throws Error with the last status after `withinMs` */
  until(condition: (status: TwinStatus) => boolean, withinMs = 120_000): Promise<TwinStatus> {
    return waitForStatus(() => this.status(), condition, withinMs);
  }

  untilSteady(withinMs?: number): Promise<TwinStatus> {
    return this.until(({ steady }) => steady, withinMs);
  }

  /** Ends everything at once and removes every trace. */
  stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  /** The database's master has the credentials of the twin's own server. */
  private setMasterCredentials(): void {
    const arn = this.topology.database?.masterSecretArn;
    if (arn !== undefined) this.secrets.set(arn, this.parts.servers.masterCredentials);
  }

  private createHost(): TaskHost {
    const { addresses, folder, servers, ports } = this.parts;
    return new TaskHost({
      runnerOf: (release) => runnerOfImage(release.image, addresses.label, join(folder, "containers")),
      addresses,
      ports,
      folder: join(folder, "instances"),
      origin: this.url,
      redisPort: servers.redis?.port ?? 0,
      databasePort: servers.database?.port ?? 0,
      secrets: this.secrets,
      logFolder: this.logFolder,
      onExit: (task, container, exit) => this.loop.handle({ kind: "container-exited", task, container, exit }),
      onHealth: (task, container, health) => this.loop.handle({ kind: "container-health", task, container, health }),
      onChange: () => this.record(),
    });
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
    const running = this.host.tasks.map((candidate) => candidate.id).join(", ");
    throw new TwinError(`no such task: ${id}. Running tasks: ${running || "none"}.`);
  }

  /** Writes down this twin and its processes, for the commands that look for it and for the clean-up after a crash. */
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
