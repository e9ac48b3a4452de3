import { createHash } from "node:crypto";
import { type ScheduledTask } from "../scheduler/scheduled-task";
import { type TaskStatus, type TwinEvent, type TwinStatus } from "../status/status";
import { type DeploymentReport, type Report, type TargetReport, type TaskReport } from "./claimed-service";

/** Source: ECS API reference, Deployment.rolloutStateReason; ECS developer guide, "Deployment circuit breaker". */
const BREAKER = "ECS deployment circuit breaker";

/** Reasons of the load balancer. Source: Elastic Load Balancing API reference, TargetHealth. */
const TARGET_REASONS: Readonly<Record<string, Omit<TargetReport["TargetHealth"], "State">>> = {
  initial: { Reason: "Elb.InitialHealthChecking", Description: "Initial health checks in progress" },
  unhealthy: { Reason: "Target.FailedHealthChecks", Description: "Health checks failed" },
  draining: { Reason: "Target.DeregistrationInProgress", Description: "Target deregistration is in progress" },
};

/** The names that a twin's deployments and tasks have at ECS. */
export interface Names {
  readonly deploymentOf: (id: string) => string;
  readonly taskOf: (id: string) => string;
}

export interface Reported {
  readonly generation: number;
  readonly status: TwinStatus;
  readonly events: readonly TwinEvent[];
  readonly stopped: readonly TaskReport[];
  readonly oneOffTasks: readonly TaskReport[];
}

/** Renders what runs in ECS's terms. */
export function renderReport(reported: Reported, names: Names): Report {
  const { generation, status, events, stopped, oneOffTasks } = reported;
  return {
    generation,
    oneOffTasks,
    deployments: status.deployments.map((deployment) => deploymentReport(status, deployment, names)),
    events: events.map(({ atMs, message }, index) => ({
      id: eventId(`${atMs} ${index} ${message}`),
      createdAt: atMs,
      message,
    })),
    tasks: [...status.tasks.map((task) => runningTask(task, names)), ...stopped],
    targets: status.tasks.filter(({ target }) => target !== "unused").map(targetReport),
  };
}

/** Returns a task's id at ECS: 32 hexadecimal digits, the same each time. */
export function taskIdOf(folder: string, task: string): string {
  return createHash("md5").update(`${folder} ${task}`).digest("hex");
}

function eventId(text: string): string {
  return createHash("md5")
    .update(text)
    .digest("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function deploymentReport(
  { tasks, desiredCount, deployments }: TwinStatus,
  { id, state, isRollback, failedTasks }: TwinStatus["deployments"][number],
  { deploymentOf }: Names,
): DeploymentReport {
  const own = tasks.filter(({ deployment }) => deployment === id);
  const name = deploymentOf(id);
  const isPrimary = deployments[0]?.id === id;
  return {
    id: name,
    desiredCount: isPrimary ? desiredCount : 0,
    runningCount: own.filter(({ phase }) => phase === "RUNNING").length,
    pendingCount: own.filter(({ phase }) => phase === "PENDING").length,
    failedTasks,
    rolloutState: state,
    rolloutStateReason: reasonOf(name, state, isRollback),
  };
}

function reasonOf(name: string, state: DeploymentReport["rolloutState"], isRollback: boolean): string {
  if (state === "FAILED") return `${BREAKER}: tasks failed to start.`;
  if (state === "COMPLETED") return `ECS deployment ${name} completed.`;
  return isRollback ? `${BREAKER}: rolling back to deploymentId ${name}.` : `ECS deployment ${name} in progress.`;
}

function runningTask({ id, deployment, phase, target, containers }: TaskStatus, names: Names): TaskReport {
  const isLive = phase === "PENDING" || phase === "RUNNING";
  const health = { healthy: "HEALTHY", unhealthy: "UNHEALTHY" } as const;
  return {
    id: names.taskOf(id),
    deployment: names.deploymentOf(deployment),
    desiredStatus: isLive ? "RUNNING" : "STOPPED",
    lastStatus: phase,
    healthStatus: target === "healthy" || target === "unhealthy" ? health[target] : "UNKNOWN",
    containers: Object.keys(containers).map((name) => ({
      name,
      lastStatus: phase === "PENDING" ? "PENDING" : "RUNNING",
    })),
  };
}

/** Renders a task that has ended. Source of the stop codes: ECS API reference, Task.stopCode. */
export function stoppedTask(
  { id, deployment, failed, stopReason = "", exits }: ScheduledTask,
  nowMs: number,
  names: Names,
): TaskReport {
  return {
    id: names.taskOf(id),
    deployment: names.deploymentOf(deployment),
    desiredStatus: "STOPPED",
    lastStatus: "STOPPED",
    healthStatus: "UNKNOWN",
    containers: Object.entries(exits).map(([name, { code, reason }]) => ({
      name,
      lastStatus: "STOPPED",
      exitCode: code,
      ...(reason !== undefined && { reason }),
    })),
    stoppedAt: nowMs,
    stopCode: stopCodeOf(failed, stopReason),
    stoppedReason: stopReason,
  };
}

function stopCodeOf(failed: boolean, reason: string): string {
  if (reason.startsWith("TaskFailedToStart")) return "TaskFailedToStart";
  if (failed) return "EssentialContainerExited";
  return reason.includes("stopped by user") ? "UserInitiated" : "ServiceSchedulerInitiated";
}

function targetReport({ address, target }: TaskStatus): TargetReport {
  const [Id = "", port = ""] = address.split(":");
  return {
    Target: { Id, Port: Number(port) },
    HealthCheckPort: port,
    TargetHealth: { State: target, ...TARGET_REASONS[target] },
  };
}
