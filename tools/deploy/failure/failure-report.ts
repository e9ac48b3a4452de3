import { type CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { type AwsClients } from "../../aws/clients";
import { type Target } from "../target/target";
import { explain } from "./explain";
import { type StoppedTask, stoppedTasks } from "./stopped-task";

const LOG_LINES = 8;
/** Tasks that stop for different reasons are rare; more would hide the first. */
const MOST_REASONS = 3;

/** Says why the tasks of a revision stopped, with the end of the log of the container that failed. Empty when none stopped. */
export async function failureReport(aws: AwsClients, target: Target, revision: number): Promise<string> {
  const tasks = (await stoppedTasks(aws.ecs, target)).filter((task) => task.revision === revision && hasFailed(task));
  const groups = new Map<string, StoppedTask[]>();
  for (const task of tasks) {
    const { what } = explain(task);
    groups.set(what, [...(groups.get(what) ?? []), task]);
  }
  const texts = [...groups.values()].slice(0, MOST_REASONS).map((group) => describe(aws.logs, target, group));
  return (await Promise.all(texts)).join("\n\n");
}

/** Whether a task stopped by itself. One that the scheduler stopped, as in a scale-in or a rollback, says nothing about a failure. */
export function hasFailed({ stopCode, containers }: StoppedTask): boolean {
  return (
    stopCode !== "ServiceSchedulerInitiated" || containers.some(({ exitCode = 0 }) => ![0, 143].includes(exitCode))
  );
}

async function describe(logs: CloudWatchLogsClient, target: Target, group: readonly StoppedTask[]): Promise<string> {
  const [task] = group as [StoppedTask];
  const { what, remedy, container } = explain(task);
  const others = group.length > 1 ? ` (${group.length} tasks)` : "";
  const own = [task.reason, ...task.containers.map(({ reason }) => reason)].filter((text) => text !== "");
  const lines = container === undefined ? [] : await lastLines(logs, target, { container, taskId: task.id });
  return [
    `${what}${others} ${remedy}`,
    ...[...new Set(own)].map((text) => `  ECS: ${text}`),
    ...(lines.length === 0 ? [] : [`  Log of ${container}, task ${task.id}:`, ...lines.map((line) => `    ${line}`)]),
  ].join("\n");
}

/** Reads the end of a container's log; none when the stream does not exist. Its name: ECS developer guide, "awslogs log driver". */
async function lastLines(
  logs: CloudWatchLogsClient,
  { logGroupName }: Target,
  { container, taskId }: { readonly container: string; readonly taskId: string },
): Promise<string[]> {
  const logStreamName = `${container}/${container}/${taskId}`;
  const query = new GetLogEventsCommand({ logGroupName, logStreamName, limit: LOG_LINES, startFromHead: false });
  const { events = [] } = await logs.send(query).catch((error: unknown) => {
    if (error instanceof Error && error.name === "ResourceNotFoundException") return { events: [] };
    throw error;
  });
  return events.map(({ message = "" }) => message.trimEnd());
}
