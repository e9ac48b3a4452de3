import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { constants } from "node:os";
import { type Image } from "./image";
import { programPath } from "./program-path";
import { type Exit } from "../scheduler/commands";
import { signalGroup, spawnTied } from "../../programs/tied-process";
import { type Cgroup, createCgroup, removeFolders } from "./cgroup";
import {
  type ContainerRun,
  type RunningContainer,
  type RunningTask,
  type TaskToRun,
  type TaskRunner,
} from "./task-runner";

/** The shell's exit code for a program that cannot be started. */
const CANNOT_START = 127;

/** Runs tasks as plain processes, in control groups where that is permitted. */
export class ProcessRunner implements TaskRunner {
  /** @param label unique on this machine; prefix of the names of control groups */
  constructor(
    private readonly label: string,
    private readonly image: Image,
  ) {}

  create({ id, limits }: TaskToRun): RunningTask {
    const made = createCgroup(`${this.label}-${id}`, limits);
    const cgroup = "obstacle" in made ? undefined : made;
    return {
      unlimitedBecause: "obstacle" in made ? made.obstacle : undefined,
      start: (run) => new ProcessContainer(run, this.image, cgroup),
      release: () => removeFolders(cgroup?.folders ?? []),
    };
  }
}

class ProcessContainer implements RunningContainer {
  readonly exited: Promise<Exit>;
  private readonly child: ChildProcess;
  private readonly environment: Readonly<Record<string, string>>;

  constructor(
    run: ContainerRun,
    private readonly image: Image,
    cgroup: Cgroup | undefined,
  ) {
    const killsBefore = cgroup?.outOfMemoryKills() ?? 0;
    const output = openSync(run.logFile, "a");
    this.environment = { PATH: programPath(), ...run.environment };
    this.child = spawnTied(run.command ?? image.command, {
      cwd: image.folder,
      env: this.environment,
      output,
      cgroupFiles: cgroup?.procsFiles,
    });
    closeSync(output);
    this.exited = exitOf(this.child).then((exit) => {
      // Child processes would keep the task's control group alive.
      if (this.child.pid !== undefined) signalGroup(this.child.pid, "SIGKILL");
      const ranOutOfMemory = (cgroup?.outOfMemoryKills() ?? 0) > killsBefore;
      return ranOutOfMemory ? { ...exit, reason: "OutOfMemoryError: killed because memory ran out" } : exit;
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  signal(signal: NodeJS.Signals): void {
    if (this.child.pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null) return;
    if (signal === "SIGTERM") this.child.kill(signal);
    else signalGroup(this.child.pid, signal);
  }

  async check([kind, ...rest]: readonly string[], timeoutSec: number): Promise<boolean> {
    const command = kind === "CMD-SHELL" ? ["/bin/sh", "-c", rest.join(" ")] : rest;
    const child = spawn(command[0] ?? "", command.slice(1), {
      cwd: this.image.folder,
      env: this.environment,
      stdio: "ignore",
      timeout: timeoutSec * 1000,
      killSignal: "SIGKILL",
    });
    return (await exitOf(child)).code === 0;
  }
}

async function exitOf(child: ChildProcess): Promise<Exit> {
  try {
    const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
    return { code: code ?? 128 + constants.signals[signal ?? "SIGKILL"] };
  } catch (error) {
    return { code: CANNOT_START, reason: `CannotStartContainerError: ${(error as Error).message}` };
  }
}
