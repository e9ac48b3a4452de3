import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { ENGINE, ulimitFlags } from "../../image/container";
import { onPath } from "../../programs/search-path";
import { run as runToEnd } from "../../programs/child-process";
import { type Exit } from "../scheduler/commands";
import { spawnTied } from "../../programs/tied-process";
import { type Isolation } from "../topology/topology";
import { type Limits } from "./cgroup";
import {
  type ContainerRun,
  type RunningContainer,
  type RunningTask,
  type TaskToRun,
  type TaskRunner,
} from "./task-runner";

/** Podman's exit code for a container that it could not start. Source: podman-run(1), "Exit status". */
const CANNOT_START = 125;
/** Longest wait for a container to start before it is signalled, in milliseconds. */
const STARTS_WITHIN_MS = 30_000;
const POLL_EVERY_MS = 20;

export interface ContainerRunnerOptions {
  /** Unique on this machine: prefix of container names, and a label of the containers. */
  readonly label: string;
  /** Name of an image in podman's storage. */
  readonly image: string;
  /** Where podman writes the process ids of containers. */
  readonly folder: string;
}

/** Runs tasks as containers with podman and runc, with the user, capabilities and limits of the task definition. */
export class ContainerRunner implements TaskRunner {
  constructor(private readonly options: ContainerRunnerOptions) {
    mkdirSync(options.folder, { recursive: true });
  }

  create({ id, limits }: TaskToRun): RunningTask {
    return {
      unlimitedBecause: undefined,
      start: (run) => new PodmanContainer(`${this.options.label}-${id}-${run.name}`, run, limits, this.options),
      // Each container is removed when it ends.
      release: () => undefined,
    };
  }
}

class PodmanContainer implements RunningContainer {
  readonly exited: Promise<Exit>;
  private readonly client: ChildProcess;
  private readonly pidFile: string;
  private hasEnded = false;

  constructor(
    private readonly name: string,
    run: ContainerRun,
    limits: Limits,
    { label, image, folder }: ContainerRunnerOptions,
  ) {
    this.pidFile = join(folder, `${name}.pid`);
    const output = openSync(run.logFile, "a");
    const own = [`--name=${name}`, `--label=${LABEL}=${label}`, `--pidfile=${this.pidFile}`];
    const flags = [...own, ...HOST_FLAGS, ...isolationFlags(run.isolation), ...limitFlags(limits)];
    // Passes values by the client's environment, so that no secret shows in a process list.
    const variables = Object.keys(run.environment).map((variable) => `--env=${variable}`);
    const command = ["podman", ...ENGINE, "run", ...flags, ...variables, image, ...(run.command ?? [])];
    const env = { PATH: process.env["PATH"] ?? "", ...run.environment };
    this.client = spawnTied(command, { cwd: folder, env, output });
    closeSync(output);
    this.exited = this.end();
  }

  /** Process id of the program, which is a child of the init process if there is one. */
  get pid(): number | undefined {
    const first = this.first;
    if (first === undefined) return undefined;
    try {
      const [child = ""] = readFileSync(`/proc/${first}/task/${first}/children`, "utf8").split(" ");
      return child === "" ? first : Number(child);
    } catch {
      return undefined;
    }
  }

  signal(signal: NodeJS.Signals): void {
    void this.deliver(signal);
  }

  async check([kind, ...rest]: readonly string[], timeoutSec: number): Promise<boolean> {
    const command = kind === "CMD-SHELL" ? ["/bin/sh", "-c", rest.join(" ")] : rest;
    const child = spawn("podman", [...ENGINE, "exec", this.name, ...command], {
      stdio: "ignore",
      timeout: timeoutSec * 1000,
      killSignal: "SIGKILL",
    });
    const [code] = (await once(child, "exit")) as [number | null];
    return code === 0;
  }

  /** Process id of the container's first process; the container ends with it. */
  private get first(): number | undefined {
    try {
      return Number(readFileSync(this.pidFile, "utf8")) || undefined;
    } catch {
      return undefined;
    }
  }

  private async deliver(signal: NodeJS.Signals): Promise<void> {
    const deadline = performance.now() + STARTS_WITHIN_MS;
    while (this.first === undefined && !this.hasEnded && performance.now() < deadline) await setTimeout(POLL_EVERY_MS);
    if (this.first === undefined || this.hasEnded) return;
    try {
      process.kill(this.first, signal);
    } catch {
      // The process has ended meanwhile.
    }
  }

  private async end(): Promise<Exit> {
    const [code, signal] = (await once(this.client, "exit")) as [number | null, NodeJS.Signals | null];
    this.hasEnded = true;
    const { stdout } = await podman("inspect", "--format", "{{.State.OOMKilled}}", this.name);
    await podman("rm", "--force", "--volumes", "--time=0", this.name);
    if (stdout.trim() === "true") return { code: 137, reason: "OutOfMemoryError: killed because memory ran out" };
    if (code === CANNOT_START || code === null) {
      return {
        code: CANNOT_START,
        reason: `CannotStartContainerError: podman ended with ${code ?? signal}, see the log`,
      };
    }
    return { code };
  }
}

/** Removes the containers that a killed twin has left behind. */
export async function removeContainers(label: string): Promise<void> {
  if (onPath("podman", process.env).length === 0) return;
  const { stdout } = await podman("ps", "--all", "--quiet", `--filter=label=${LABEL}=${label}`);
  const ids = stdout.split("\n").filter((id) => id !== "");
  if (ids.length > 0) await podman("rm", "--force", "--volumes", "--time=0", ...ids);
}

const LABEL = "twin";

/** Host network, since tasks have loopback addresses of their own; no podman health check, since the twin runs them. */
const HOST_FLAGS = ["--network=host", "--no-healthcheck", "--sig-proxy=false", "--log-driver=none"];

function isolationFlags(isolation: Isolation): string[] {
  const { user, readonlyRoot, init, droppedCapabilities, volumes, openFiles } = isolation;
  return [
    ...(user === undefined ? [] : [`--user=${user}`]),
    ...(readonlyRoot ? ["--read-only", "--read-only-tmpfs=false"] : []),
    ...(init ? ["--init"] : []),
    ...droppedCapabilities.map((capability) => `--cap-drop=${capability}`),
    ...volumes.map((path) => `--volume=${path}`),
    ...ulimitFlags(openFiles?.hard),
  ];
}

/** Fargate has no swap. */
function limitFlags({ cpu, memoryMiB }: Limits): string[] {
  return [`--cpus=${cpu / 1024}`, `--memory=${memoryMiB}m`, `--memory-swap=${memoryMiB}m`];
}

function podman(...args: readonly string[]): Promise<{ readonly stdout: string }> {
  return runToEnd("podman", [...ENGINE, ...args], { env: process.env });
}
