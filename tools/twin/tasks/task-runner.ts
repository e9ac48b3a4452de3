import { type Exit } from "../scheduler/commands";
import { type Isolation } from "../topology/topology";
import { type Limits } from "./cgroup";

/** A task about to run: where it lives and how much of the machine it may have. */
export interface TaskPlace {
  readonly id: string;
  readonly limits: Limits;
}

/** A container about to run, every value settled. */
export interface ContainerRun {
  readonly name: string;
  /** `undefined`: the image's own. */
  readonly command: readonly string[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly isolation: Isolation;
  /** Takes what it prints. */
  readonly logFile: string;
}

/** How tasks come to life: as plain processes, or by a container runtime. */
export interface TaskRunner {
  create(place: TaskPlace): RunningTask;
}

export interface RunningTask {
  /** Why its limits do not hold, if they do not. */
  readonly unlimitedBecause: string | undefined;
  start(run: ContainerRun): RunningContainer;
  /** Removes what is left when all containers have ended. */
  release(): void;
}

export interface RunningContainer {
  readonly pid: number | undefined;
  /** Never rejects: a program that cannot be started ends with code 127. */
  readonly exited: Promise<Exit>;
  /** SIGTERM goes to the first process, as in a container; SIGKILL takes all of them. */
  signal(signal: NodeJS.Signals): void;
  /** Runs a health check's command beside it; true when it succeeds in time. */
  check(command: readonly string[], timeoutSec: number): Promise<boolean>;
}
