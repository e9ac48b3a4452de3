import { existsSync } from "node:fs";
import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  type InputLogEvent,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { wholeLines } from "../tasks/whole-lines";
import { type ContainerDefinition } from "./claimed-service";
import { CREDENTIALS } from "./credentials";

/** A container whose output goes to CloudWatch Logs. */
export interface LoggedContainer {
  /** Id of its task at ECS. */
  readonly task: string;
  /** File with its output. */
  readonly file: string;
}

/** Keeps a batch far below PutLogEvents' 1 MiB. */
const BATCH = 100;

interface Stream {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly region: string;
  readonly file: string;
  sent: number;
}

/**
 * Sends the output of containers to CloudWatch Logs, each line as an event at the time when it is read. Groups and streams are those of
 * the awslogs driver: `<prefix>/<container>/<task>`. Source: ECS developer guide, "Send Amazon ECS logs to CloudWatch".
 */
export class LogDriver {
  private readonly streams = new Map<string, Stream>();
  private readonly clients = new Map<string, CloudWatchLogsClient>();

  /** @param endpoint URL of the simulator */
  constructor(private readonly endpoint: string) {}

  /** Begins to follow a container, unless it does already or its definition has no awslogs driver. */
  follow({ task, file }: LoggedContainer, { name, logConfiguration }: ContainerDefinition): void {
    if (this.streams.has(file)) return;
    const { logDriver, options } = logConfiguration ?? {};
    const group = options?.["awslogs-group"];
    if (logDriver !== "awslogs" || group === undefined) return;
    this.streams.set(file, {
      logGroupName: group,
      logStreamName: `${options?.["awslogs-stream-prefix"] ?? ""}/${name}/${task}`,
      region: options?.["awslogs-region"] ?? "",
      file,
      sent: 0,
    });
  }

  /** Ends following. */
  clear(): void {
    this.streams.clear();
  }

  /** Sends every whole line that was written since the last time. */
  async send(): Promise<void> {
    for (const stream of this.streams.values()) if (existsSync(stream.file)) await this.sendLines(stream);
  }

  private async sendLines(stream: Stream): Promise<void> {
    const { text, end } = wholeLines(stream.file, stream.sent);
    const timestamp = Date.now();
    const events = text.split("\n").flatMap((message) => (message === "" ? [] : [{ timestamp, message }]));
    try {
      if (events.length > 0 && stream.sent === 0) await this.create(stream);
      for (let first = 0; first < events.length; first += BATCH)
        await this.put(stream, events.slice(first, first + BATCH));
    } catch (error) {
      // The stack's log group is destroyed while the last tasks stop.
      if (!(error instanceof Error) || error.name !== "ResourceNotFoundException") throw error;
    }
    stream.sent = end;
  }

  private async create({ region, logGroupName, logStreamName }: Stream): Promise<void> {
    try {
      await this.client(region).send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "ResourceAlreadyExistsException") throw error;
    }
  }

  private async put({ region, logGroupName, logStreamName }: Stream, logEvents: InputLogEvent[]): Promise<void> {
    await this.client(region).send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  }

  private client(region: string): CloudWatchLogsClient {
    const known = this.clients.get(region);
    if (known !== undefined) return known;
    const made = new CloudWatchLogsClient({ endpoint: this.endpoint, region, credentials: CREDENTIALS });
    this.clients.set(region, made);
    return made;
  }
}
