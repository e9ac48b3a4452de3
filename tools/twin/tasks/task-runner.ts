import { type Exit } from "../scheduler/commands";
import { type Isolation } from "../topology/topology";
import { type Limits } from "./cgroup";

/** A task to create, with its CPU and memory limits. */
export interface TaskToRun {
  readonly id: string;
  readonly limits: Limits;
}

/** A container to start, with all values resolved. */
export interface ContainerRun {
  readonly name: string;
  /** `undefined`: the image's default. */
  readonly command: readonly string[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly isolation: Isolation;
  /** File for the container's output. */
  readonly logFile: string;
}

/** Runs tasks: as plain processes, or with a container runtime. */
export interface TaskRunner {
  create(place: TaskToRun): RunningTask;
}

export interface RunningTask {
  /** Why its limits do not apply; `undefined` when they do. */
  readonly unlimitedBecause: string | undefined;
  start(run: ContainerRun): RunningContainer;
  /** Frees the task's resources after all containers have ended. */
  release(): void;
}

export interface RunningContainer {
  readonly pid: number | undefined;
  /** Never rejects: a program that cannot be started ends with code 127. */
  readonly exited: Promise<Exit>;
  /** Sends SIGTERM to the first process, as in a container, and other signals to all of its processes. */
  signal(signal: NodeJS.Signals): void;
  /** Runs a health check's command in the container. Resolves with true when it succeeds in time. */
  check(command: readonly string[], timeoutSec: number): Promise<boolean>;
}
