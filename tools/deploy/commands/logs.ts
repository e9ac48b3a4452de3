import { FilterLogEventsCommand, type FilteredLogEvent } from "@aws-sdk/client-cloudwatch-logs";
import { type Context } from "../context";
import { DeployError } from "../errors";

export interface LogsOptions {
  /** Only this container. @default all containers */
  readonly container?: string | undefined;
  /** How far back to begin, in milliseconds. */
  readonly sinceMs: number;
  /** CloudWatch's filter pattern, such as `ERROR` or `{ $.level = "error" }`. @default everything */
  readonly filter?: string | undefined;
  /** Goes on with new lines until the signal. @default ends with the last line that is there */
  readonly follow?: AbortSignal | undefined;
}

const FOLLOW_MS = 2000;
/** Lines reach CloudWatch out of order within about this time; a second look at it shows each line once. */
const OVERLAP_MS = 10_000;
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads `90s`, `15m`, `2h` or `1d`. @throws DeployError for anything else */
export function parseSince(text: string): number {
  const [, number, unit = ""] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (number !== undefined) return Number(number) * UNITS[unit]!;
  throw new DeployError(`--since: expected a time such as 90s, 15m, 2h or 1d, got ${text}.`);
}

/** Prints the containers' lines, the oldest first, each with its time and task. */
export async function logs(context: Context, options: LogsOptions): Promise<void> {
  const { target, clock, print } = context;
  const { container, follow } = options;
  if (container !== undefined && !target.containers.includes(container)) {
    throw new DeployError(`--container: expected ${target.containers.join(" or ")}, got ${container}.`);
  }
  const printed = new Map<string, number>();
  let from = clock.now() - options.sinceMs;
  do {
    const started = clock.now();
    for (const event of await read(context, options, from)) {
      if (printed.has(event.eventId ?? "")) continue;
      printed.set(event.eventId ?? "", event.timestamp ?? 0);
      print(renderLine(event));
    }
    from = Math.max(from, started - OVERLAP_MS);
    for (const [id, timestamp] of printed) if (timestamp < from) printed.delete(id);
    if (follow !== undefined && !follow.aborted) await clock.sleep(FOLLOW_MS, follow);
  } while (follow !== undefined && !follow.aborted);
}

async function read(
  { aws, target }: Context,
  { container, filter }: LogsOptions,
  startTime: number,
): Promise<FilteredLogEvent[]> {
  const events: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  do {
    const query = {
      logGroupName: target.logGroupName,
      startTime,
      ...(container === undefined ? {} : { logStreamNamePrefix: `${container}/` }),
      ...(filter === undefined ? {} : { filterPattern: filter }),
      ...(nextToken === undefined ? {} : { nextToken }),
    };
    const page = await aws.logs.send(new FilterLogEventsCommand(query)).catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== "ResourceNotFoundException") throw error;
      throw new DeployError(
        `${target.stack}: expected the log group ${target.logGroupName}, found none: nothing is deployed there. Run \`make deploy\`.`,
      );
    });
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return events.sort((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0));
}

/** `2026-11-30T06:00:00.000Z  app/1a2b3c4d  message`; the stream is `app/app/<task>`. */
function renderLine({ timestamp = 0, logStreamName = "", message = "" }: FilteredLogEvent): string {
  const [container = "", , task = ""] = logStreamName.split("/");
  return `${new Date(timestamp).toISOString()}  ${container}/${task.slice(0, 8)}  ${message.trimEnd()}`;
}
