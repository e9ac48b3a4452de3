import { readFileSync } from "node:fs";
import { type CommandResult, run } from "../programs/child-process";
import { output } from "../programs/output";

export interface ContainerOptions {
  readonly image: string;
  readonly env: Readonly<Record<string, string>>;
  /** Instead of the image's own command. */
  readonly command?: readonly string[];
  /** Whether it runs as root on a root file system that can be written to: shows what the program would write. @default false */
  readonly mayWrite?: boolean;
}

/** The smallest task of Fargate. */
export const FARGATE_SMALLEST = { cpus: 0.25, memoryMiB: 512 } as const;

/** A container is stopped after this time, so that a killed test leaves nothing running. */
const LONGEST_SEC = 900;

/** Flags that match a task on Fargate: read-only root, no capabilities, no new privileges, and the limits of the smallest task. */
function fargateFlags(mayWrite: boolean): string[] {
  const { cpus, memoryMiB } = FARGATE_SMALLEST;
  return [
    "--network=host",
    ...(mayWrite ? ["--user=0:0"] : ["--read-only"]),
    "--read-only-tmpfs=false",
    "--cap-drop=all",
    "--security-opt=no-new-privileges",
    `--cpus=${cpus}`,
    `--memory=${memoryMiB}m`,
    // Fargate has no swap.
    `--memory-swap=${memoryMiB}m`,
    "--init",
    // Podman's health check timers need systemd; the tests run the check themselves.
    "--no-healthcheck",
    ...ulimitFlags(),
    `--timeout=${LONGEST_SEC}`,
  ];
}

/** Enough for Node.js and its threads. Podman's defaults exceed the hard limits of many machines, and then no container starts. */
const WANTED = { nofile: 65_536, nproc: 1024 } as const;

/** Returns ulimit flags within the hard limits of this machine. @param openFiles wanted; capped by the hard limit */
export function ulimitFlags(openFiles: number = WANTED.nofile): string[] {
  const limits = readFileSync("/proc/self/limits", "utf8");
  const hard = (title: string): number =>
    Number(new RegExp(`^${title}\\s+\\S+\\s+(\\d+)`, "m").exec(limits)?.[1] ?? Infinity);
  const nofile = Math.min(openFiles, hard("Max open files"));
  const nproc = Math.min(WANTED.nproc, hard("Max processes"));
  return [`--ulimit=nofile=${nofile}:${nofile}`, `--ulimit=nproc=${nproc}:${nproc}`];
}

/** Podman options that also work with cgroup v1 and without systemd. */
export const ENGINE = ["--cgroup-manager=cgroupfs", "--runtime=runc"];

/** A running container with the limits and rights of a Fargate task. */
export class Container {
  private constructor(readonly id: string) {}

  static async start(options: ContainerOptions): Promise<Container> {
    const printed = await output("podman", runArguments(options, ["--detach"]), { env: clientEnv(options) });
    return new Container(printed.trim().split("\n").at(-1) ?? "");
  }

  /** Runs a container and resolves when it has ended. */
  static runToEnd(options: ContainerOptions): Promise<CommandResult> {
    return run("podman", runArguments(options, ["--rm"]), { env: clientEnv(options) });
  }

  exec(...command: readonly string[]): Promise<CommandResult> {
    return run("podman", [...ENGINE, "exec", this.id, ...command], { env: process.env });
  }

  /** Standard output and standard error so far. */
  async logs(): Promise<string> {
    const { stdout, stderr } = await run("podman", ["logs", this.id], { env: process.env });
    return `${stdout}\n${stderr}`;
  }

  /** Returns the process id on this machine of the container's first process. */
  async pid(): Promise<number> {
    return Number((await output("podman", ["inspect", "--format", "{{.State.Pid}}", this.id])).trim());
  }

  /** Returns the peak memory of all processes together, page cache included, as the control group counts it. */
  async peakMemoryBytes(): Promise<number> {
    const groups = readFileSync(`/proc/${await this.pid()}/cgroup`, "utf8");
    const [, version1] = /^\d+:memory:(.*)$/m.exec(groups) ?? [];
    const [, version2] = /^0::(.*)$/m.exec(groups) ?? [];
    const file =
      version1 === undefined
        ? `/sys/fs/cgroup${version2}/memory.peak`
        : `/sys/fs/cgroup/memory${version1}/memory.max_usage_in_bytes`;
    return Number(readFileSync(file, "utf8"));
  }

  /** Lists the paths that differ from the image. */
  async changes(): Promise<string[]> {
    return (await output("podman", ["diff", this.id])).split("\n").filter((line) => line !== "");
  }

  /** Sends SIGTERM to the first process, as ECS does, and resolves once the container has ended. */
  async terminate(): Promise<{ readonly exitCode: number; readonly seconds: number }> {
    const start = performance.now();
    await output("podman", [...ENGINE, "kill", "--signal=TERM", this.id]);
    const exitCode = Number((await output("podman", ["wait", this.id])).trim());
    return { exitCode, seconds: (performance.now() - start) / 1000 };
  }

  async remove(): Promise<void> {
    await output("podman", [...ENGINE, "rm", "--force", "--time=0", this.id]);
  }
}

/** Passes values by the client's environment, so that no secret shows in a process list. */
function runArguments(options: ContainerOptions, how: readonly string[]): string[] {
  const names = Object.keys(options.env).map((name) => `--env=${name}`);
  const flags = [...fargateFlags(options.mayWrite ?? false), ...how, ...names];
  return [...ENGINE, "run", ...flags, options.image, ...(options.command ?? [])];
}

function clientEnv({ env }: ContainerOptions): NodeJS.ProcessEnv {
  return { ...process.env, ...env };
}
