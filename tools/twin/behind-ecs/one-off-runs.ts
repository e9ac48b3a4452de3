import { TwinError } from "../errors";
import { type Release, releaseOf } from "../service/release";
import { type ContainerImage, type Image } from "../tasks/image";
import { type Twin } from "../twin";
import { type DesiredState, type OneOffTask, type TaskReport } from "./claimed-service";
import { type LogDriver } from "./log-driver";
import { type Names, stoppedTask } from "./report";
import { readSecretValues } from "./secret-values";
import { taskOf } from "./service-topology";

/** These tasks have ECS's ids here as well, and belong to no deployment. */
const NAMES: Names = { deploymentOf: () => "", taskOf: (id) => id };

export interface OneOffRunsOptions {
  /** URL of the simulator. */
  readonly endpoint: string;
  /** Returns what a container image is on this machine. @throws TwinError for an image that no repository has */
  readonly imageOf: (reference: string) => Image | ContainerImage;
}

/** Runs the tasks that RunTask starts in the service's cluster, until they end. */
export class OneOffRuns {
  private readonly known = new Map<string, OneOffTask>();
  /** Those that could not start, by id, and why. */
  private readonly refused = new Map<string, string>();

  constructor(
    private readonly options: OneOffRunsOptions,
    private readonly logs: LogDriver,
  ) {}

  /** Starts each new task, and stops those that StopTask has named. */
  async follow(twin: Twin, { oneOffTasks }: DesiredState): Promise<void> {
    for (const task of oneOffTasks) {
      if (task.stop) twin.oneOffTasks.stop(task.id, "Task stopped by user");
      if (!this.known.has(task.id)) await this.start(twin, task);
      this.followLogs(twin, task);
    }
  }

  /** Renders every task in ECS's terms, also those that have ended. */
  reports(twin: Twin): TaskReport[] {
    return [...this.known.values()].map((task) => this.reportOf(twin, task));
  }

  clear(): void {
    this.known.clear();
    this.refused.clear();
  }

  private async start(twin: Twin, task: OneOffTask): Promise<void> {
    this.known.set(task.id, task);
    try {
      twin.oneOffTasks.run(task.id, await this.releaseFor(twin, task));
    } catch (error) {
      this.refused.set(task.id, (error as Error).message);
    }
  }

  private async releaseFor(twin: Twin, { taskDefinition }: OneOffTask): Promise<Release> {
    const task = taskOf(taskDefinition);
    const image = this.imageOf(task.containers[0]!.image);
    twin.setSecrets(await readSecretValues(this.options.endpoint, taskDefinition.containerDefinitions));
    return releaseOf({ ...twin.topology, task }, image);
  }

  private imageOf(reference: string): Image | ContainerImage {
    try {
      return this.options.imageOf(reference);
    } catch (error) {
      // What ECS says of it. Source: ECS developer guide, "CannotPullContainer task errors".
      throw new TwinError(`CannotPullContainerError: ${(error as Error).message}`);
    }
  }

  private followLogs(twin: Twin, { id, taskDefinition: { containerDefinitions } }: OneOffTask): void {
    for (const definition of containerDefinitions) {
      this.logs.follow({ task: id, file: twin.logFile(id, definition.name) }, definition);
    }
  }

  private reportOf(twin: Twin, { id, taskDefinition: { containerDefinitions } }: OneOffTask): TaskReport {
    const names = containerDefinitions.map(({ name }) => name);
    const common = { id, deployment: "", healthStatus: "UNKNOWN" } as const;
    const refused = this.refused.get(id);
    if (refused !== undefined) {
      const containers = names.map((name) => ({ name, lastStatus: "STOPPED" }));
      const end = { stoppedAt: Date.now(), stopCode: "TaskFailedToStart", stoppedReason: refused };
      return { ...common, desiredStatus: "STOPPED", lastStatus: "STOPPED", containers, ...end };
    }
    const task = twin.oneOffTasks.find(id)!;
    if (task.phase === "STOPPED") return stoppedTask(task, Date.now(), NAMES);
    const containers = names.map((name) => ({ name, lastStatus: task.phase }));
    return { ...common, desiredStatus: "RUNNING", lastStatus: task.phase, containers };
  }
}
