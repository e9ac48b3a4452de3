import { type CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { type ContainerDefinition, DescribeTasksCommand, type Task } from "@aws-sdk/client-ecs";
import { type Context } from "../context";
import { patientRead } from "../service/patient-read";
import { elapsedText } from "../service/wait";
import { taskIdOf } from "./run";

const POLL_MS = 2000;
/** The log driver sends what a container wrote last after the task has stopped. */
const LAST_LINES_MS = 5000;

/** Lines of one container's log stream, in order, each once. */
class LogStream {
  private nextToken: string | undefined;

  constructor(
    private readonly logs: CloudWatchLogsClient,
    private readonly place: { readonly logGroupName: string; readonly logStreamName: string },
  ) {}

  /** Returns the lines since the last call; none before the container has written any. */
  async more(): Promise<string[]> {
    const lines: string[] = [];
    for (;;) {
      const page = await this.page();
      lines.push(...(page.events ?? []).map(({ message = "" }) => message.trimEnd()));
      // At the end, CloudWatch returns the token that it was given. Source: API reference, GetLogEvents.
      if (page.nextForwardToken === undefined || page.nextForwardToken === this.nextToken) return lines;
      this.nextToken = page.nextForwardToken;
      if ((page.events ?? []).length === 0) return lines;
    }
  }

  private page() {
    const token = this.nextToken === undefined ? {} : { nextToken: this.nextToken };
    const query = new GetLogEventsCommand({ ...this.place, startFromHead: true, ...token });
    return this.logs.send(query).catch((error: unknown) => {
      if (error instanceof Error && error.name === "ResourceNotFoundException") {
        return { events: [], nextForwardToken: undefined };
      }
      throw error;
    });
  }
}

export interface FollowOptions {
  readonly taskArn: string;
  readonly container: ContainerDefinition;
  /** Ends the following; the task goes on. */
  readonly signal: AbortSignal;
}

/** Prints the states and the log of a task until it has stopped. Returns `undefined` when the signal came first. */
export async function followTask(context: Context, options: FollowOptions): Promise<Task | undefined> {
  const { aws, target, clock, print } = context;
  const { taskArn, container, signal } = options;
  const stream = new LogStream(aws.logs, logPlace(target.logGroupName, container, taskArn));
  const patience = { clock, print, subject: "the migration" };
  const started = clock.now();
  const printLog = async () => {
    for (const line of await patientRead(() => stream.more(), patience)) print(`  ${line}`);
  };
  let last = "";
  while (!signal.aborted) {
    const query = new DescribeTasksCommand({ cluster: target.clusterName, tasks: [taskArn] });
    const { tasks = [] } = await patientRead(() => aws.ecs.send(query), patience);
    const state = (tasks[0]?.lastStatus ?? "PROVISIONING").toLowerCase();
    if (state !== last) print(`  ${elapsedText(clock.now() - started)}  task ${taskIdOf(taskArn)}: ${state}`);
    last = state;
    await printLog();
    if (state === "stopped") {
      await clock.sleep(LAST_LINES_MS, signal);
      await printLog();
      return tasks[0];
    }
    await clock.sleep(POLL_MS, signal);
  }
  return undefined;
}

/** Where the log driver writes. Source: ECS developer guide, "awslogs log driver", `awslogs-stream-prefix`. */
function logPlace(logGroupName: string, { name = "", logConfiguration }: ContainerDefinition, taskArn: string) {
  const { "awslogs-group": group = logGroupName, "awslogs-stream-prefix": prefix = name } =
    logConfiguration?.options ?? {};
  return { logGroupName: group, logStreamName: `${prefix}/${name}/${taskIdOf(taskArn)}` };
}
