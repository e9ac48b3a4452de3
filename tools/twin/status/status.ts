import { readFileSync } from "node:fs";
import { type Deployment, type RolloutState } from "../scheduler/deployment";
import { type ScheduledTask, type TaskPhase } from "../scheduler/scheduled-task";
import { type Substitution } from "./substitutions";

/** The state of a twin at one moment, as plain data. */
export interface TwinStatus {
  readonly service: string;
  readonly url: string;
  /** True when every desired task is healthy and no other runs. */
  readonly steady: boolean;
  readonly desiredCount: number;
  readonly scaling: { readonly minCount: number; readonly maxCount: number } | undefined;
  /** Newest first. */
  readonly deployments: readonly DeploymentStatus[];
  readonly tasks: readonly TaskStatus[];
  readonly servers: Readonly<Record<"balancer" | "redis" | "database", string>>;
  readonly substitutions: readonly Substitution[];
  /** What does not work on this machine, such as limits without control groups. */
  readonly limitations: readonly string[];
  /** The latest events, oldest first. */
  readonly events: readonly TwinEvent[];
}

export interface DeploymentStatus {
  readonly id: string;
  readonly revision: string;
  readonly state: RolloutState;
  readonly isRollback: boolean;
  readonly failedTasks: number;
}

export interface TaskStatus {
  readonly id: string;
  readonly deployment: string;
  readonly phase: TaskPhase;
  /** `unused` before the task is registered and after it is deregistered. */
  readonly target: "unused" | "initial" | "healthy" | "unhealthy" | "draining";
  /** Loopback address and port that it listens on. */
  readonly address: string;
  readonly containers: Readonly<Record<string, number | undefined>>;
  /** Open connections through the balancer. */
  readonly connections: number;
  /** CPU time of its processes, in seconds. */
  readonly cpuSec: number;
  readonly memoryMiB: number;
  /** Peers that it is cut off from. */
  readonly cutFrom: readonly string[];
}

export interface TwinEvent {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly message: string;
}

/** The state of a task outside of the scheduler. */
export interface HostedTaskState {
  readonly processes: readonly (readonly [container: string, pid: number | undefined])[];
  readonly address: string;
  readonly connections: number;
  readonly cutFrom: readonly string[];
}

export function taskStatus(
  task: ScheduledTask,
  { processes, address, connections, cutFrom }: HostedTaskState,
): TaskStatus {
  const usage = processes.map(([, pid]) => (pid === undefined ? NO_USAGE : processUsage(pid)));
  return {
    id: task.id,
    deployment: task.deployment,
    phase: task.phase,
    target: targetOf(task),
    address,
    containers: Object.fromEntries(processes),
    connections,
    cpuSec: usage.reduce((sum, { cpuSec }) => sum + cpuSec, 0),
    memoryMiB: usage.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0),
    cutFrom,
  };
}

export function deploymentStatus({ id, revision, state, isRollback, failedTasks }: Deployment): DeploymentStatus {
  return { id, revision: revision.label, state, isRollback, failedTasks };
}

function targetOf({ phase, targetHealth }: ScheduledTask): TaskStatus["target"] {
  if (phase === "DEACTIVATING") return "draining";
  return phase === "RUNNING" ? (targetHealth ?? "unused") : "unused";
}

interface Usage {
  readonly cpuSec: number;
  readonly memoryMiB: number;
}

const NO_USAGE: Usage = { cpuSec: 0, memoryMiB: 0 };

/** Linux counts CPU time in hundredths of a second. Source: proc(5), sysconf(_SC_CLK_TCK). */
const TICKS_PER_SEC = 100;
const PAGE_BYTES = 4096;

/** Reads CPU time and memory of a process; zero when it has ended. */
function processUsage(pid: number): Usage {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { cpuSec: ticks / TICKS_PER_SEC, memoryMiB: (Number(fields[21]) * PAGE_BYTES) / 1024 ** 2 };
  } catch {
    return NO_USAGE;
  }
}
