import { setTimeout as delay } from "node:timers/promises";
import { type StateJson } from "../../terraform/state-json";
import { TwinError } from "../errors";
import { type ScheduledTask } from "../scheduler/scheduled-task";
import { startTwin } from "../start-twin";
import { type TwinEvent } from "../status/status";
import { type ContainerImage, type Image } from "../tasks/image";
import { type Topology } from "../topology/topology";
import { type Twin } from "../twin";
import { ClaimedService, type ContainerDefinition, type DesiredState, type TaskReport } from "./claimed-service";
import { LogDriver } from "./log-driver";
import { OneOffRuns } from "./one-off-runs";
import { type Names, renderReport, stoppedTask, taskIdOf } from "./report";
import { readSecretValues } from "./secret-values";
import { topologyOf } from "./service-topology";

export interface EcsComputeOptions {
  /** URL of the simulator. */
  readonly endpoint: string;
  readonly cluster: string;
  readonly service: string;
  /** Reads the applied state, by `terraform show -json`; also while Terraform is applying. */
  readonly showState: () => Promise<StateJson>;
  /** Returns what a container image is on this machine. @throws TwinError for an image that no repository has */
  readonly imageOf: (reference: string) => Image | ContainerImage;
  /** Changes the topology before it runs, for shorter times. @default unchanged */
  readonly adjust?: (topology: Topology) => Topology;
  /** Port of the twin's balancer. @default a free one */
  readonly port?: number;
  readonly logFolder?: string;
}

const POLL_MS = 300;
/** ECS keeps stopped tasks for about an hour; the latest are enough here. */
const STOPPED_KEPT = 50;

/**
 * Runs the tasks of one ECS service of the simulator as a twin: starts when Terraform creates the service, follows each deployment, scaling and
 * StopTask, reports tasks, targets and events back, sends the containers' output to CloudWatch Logs, and stops when the service is deleted.
 * It also runs the tasks that RunTask starts in the service's cluster, so that whoever waits for ECS waits for real tasks.
 */
export class EcsCompute {
  /** The last error while following ECS; it is tried again. */
  lastError: Error | undefined;
  private running: Twin | undefined;
  private followedGeneration = 0;
  private followedDeployment = "";
  private readonly deployments = new Map<string, string>();
  private readonly stopped: TaskReport[] = [];
  private readonly events: TwinEvent[] = [];
  private readonly logs: LogDriver;
  private readonly oneOffRuns: OneOffRuns;
  /** By ECS's deployment. */
  private readonly definitions = new Map<string, readonly ContainerDefinition[]>();
  private isEnding = false;
  private readonly loop: Promise<void>;

  private constructor(
    private readonly options: EcsComputeOptions,
    private readonly service: ClaimedService,
  ) {
    this.logs = new LogDriver(options.endpoint);
    this.oneOffRuns = new OneOffRuns(options, this.logs);
    this.loop = this.run();
  }

  /** Claims the service, before it exists or later. */
  static async start(options: EcsComputeOptions): Promise<EcsCompute> {
    return new EcsCompute(options, await ClaimedService.claim(options.endpoint, options.cluster, options.service));
  }

  /** The twin, while the service exists. @throws TwinError before and after */
  get twin(): Twin {
    if (this.running !== undefined) return this.running;
    const { message = "ECS has no such service" } = this.lastError ?? {};
    throw new TwinError(`${this.options.service}: expected running tasks, found none: ${message}.`);
  }

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** Stops the tasks. The service stays claimed, and has no task. */
  async stop(): Promise<void> {
    this.isEnding = true;
    await this.loop;
    await this.stopTwin();
  }

  private async run(): Promise<void> {
    while (!this.isEnding) {
      try {
        await this.step(await this.service.read());
        this.lastError = undefined;
      } catch (error) {
        // While Terraform writes the state, it may lack what the service needs.
        this.lastError = error as Error;
      }
      await delay(POLL_MS);
    }
  }

  private async step(desired: DesiredState | undefined): Promise<void> {
    if (desired?.status !== "ACTIVE") return this.stopTwin();
    if (desired.generation !== this.followedGeneration || this.running === undefined) await this.follow(desired);
    const { twin } = this;
    for (const id of desired.tasksToStop) {
      const task = twin.tasks().find((candidate) => this.names.taskOf(candidate.id) === id);
      if (task !== undefined) twin.stopTask(task.id);
    }
    await this.oneOffRuns.follow(twin, desired);
    await this.report(twin, desired);
    for (const task of twin.tasks()) this.followLogs(twin, task);
    await this.logs.send();
  }

  private async follow(desired: DesiredState): Promise<void> {
    const { options } = this;
    const { adjust = (topology: Topology) => topology } = options;
    const topology = adjust(topologyOf(await options.showState(), options.service, desired));
    const { containerName } = topology.service;
    const reference = topology.task.containers.find(({ name }) => name === containerName)!.image;
    const image = options.imageOf(reference);
    const isNew = desired.deployment !== this.followedDeployment;
    const secrets = await readSecretValues(options.endpoint, desired.taskDefinition.containerDefinitions);
    this.running?.setSecrets(secrets);
    if (this.running === undefined) this.running = await this.startTwin(topology, image, secrets);
    else await this.running.deploy({ topology, image, force: isNew });
    if (isNew) this.deployments.set(this.running.status().deployments[0]!.id, desired.deployment);
    this.definitions.set(desired.deployment, desired.taskDefinition.containerDefinitions);
    this.followedDeployment = desired.deployment;
    this.followedGeneration = desired.generation;
  }

  private async startTwin(
    topology: Topology,
    image: Image | ContainerImage,
    secrets: Readonly<Record<string, string>>,
  ): Promise<Twin> {
    const { port, logFolder } = this.options;
    return startTwin({
      topology,
      image,
      secrets,
      ...(port !== undefined && { port }),
      ...(logFolder !== undefined && { logFolder }),
      onEvent: (event) => this.events.push(event),
      onTaskStopped: (task) => this.keepStopped(task),
    });
  }

  private keepStopped(task: ScheduledTask): void {
    this.stopped.unshift(stoppedTask(task, Date.now(), this.names));
    this.stopped.splice(STOPPED_KEPT);
    // One that ends at once was in no status.
    if (this.running !== undefined) this.followLogs(this.running, task);
  }

  private async report(twin: Twin, { generation }: DesiredState): Promise<void> {
    const events = [...this.events];
    const { stopped } = this;
    const oneOffTasks = this.oneOffRuns.reports(twin);
    const reported = { generation, status: twin.status(), events, stopped, oneOffTasks };
    const report = renderReport(reported, this.names);
    if (!(await this.service.report(report))) return;
    this.events.splice(0, events.length);
    // After a rollback ECS wants the deployment that it returned to.
    this.followedDeployment = report.deployments[0]!.id;
  }

  private followLogs(twin: Twin, { id, deployment }: Pick<ScheduledTask, "id" | "deployment">): void {
    const { names } = this;
    for (const definition of this.definitions.get(names.deploymentOf(deployment)) ?? []) {
      this.logs.follow({ task: names.taskOf(id), file: twin.logFile(id, definition.name) }, definition);
    }
  }

  private async stopTwin(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
    this.followedGeneration = 0;
    this.followedDeployment = "";
    this.deployments.clear();
    this.definitions.clear();
    this.logs.clear();
    this.oneOffRuns.clear();
    this.stopped.length = 0;
  }

  private get names(): Names {
    return {
      deploymentOf: (id) => this.deployments.get(id) ?? this.followedDeployment,
      taskOf: (id) => taskIdOf(this.running?.folder ?? "", id),
    };
  }
}
