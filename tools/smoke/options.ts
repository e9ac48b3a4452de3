import { join } from "node:path";
import { parseArgs } from "node:util";
import { SmokeError } from "./errors";
import { USAGE } from "./usage";

export interface SmokeOptions {
  /** Where the deployment is: scheme, host and port. */
  readonly url: string;
  /** The Origin of its own pages. */
  readonly origin: string;
  /** Number of tasks that are expected: 1, or 2 for two and more. */
  readonly tasks: 1 | 2;
  /** Messages that the two clients write to each other. */
  readonly messages: number;
  /** Seconds that the idle socket lives. @default beyond two heartbeats and 60 s */
  readonly idleSec: number | undefined;
  /** Seconds to wait for one answer. */
  readonly timeoutSec: number;
  /** Makes only the checks that write nothing. */
  readonly readOnly: boolean;
  /** File that keeps the customer for the next run. */
  readonly session: string;
  /** Stops a task, or causes another fault. */
  readonly disturb: (() => Promise<void>) | undefined;
  /** Seconds in which the disturbance has to close a connection, and the clients to be back. */
  readonly disturbSec: number;
}

export interface CommandLine {
  readonly options: Omit<SmokeOptions, "disturb">;
  readonly command: string | undefined;
  readonly json: boolean;
}

const OPTIONS = {
  origin: { type: "string" },
  tasks: { type: "string", default: "2" },
  messages: { type: "string", default: "20" },
  idle: { type: "string" },
  timeout: { type: "string", default: "15" },
  "read-only": { type: "boolean", default: false },
  session: { type: "string" },
  disturb: { type: "string" },
  "disturb-within": { type: "string", default: "300" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Parses the command line; `undefined` asks for help. @throws SmokeError for everything that is wrong with it */
export function parseCommandLine(args: readonly string[]): CommandLine | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const url = originOf("URL", positionals.join(" "));
  const { host } = new URL(url);
  return {
    options: {
      url,
      origin: values.origin === undefined ? url : originOf("--origin", values.origin),
      tasks: numberOf("--tasks", values.tasks, 1, 1000) === 1 ? 1 : 2,
      messages: numberOf("--messages", values.messages, 2, 1000),
      idleSec: values.idle === undefined ? undefined : numberOf("--idle", values.idle, 1, 7200),
      timeoutSec: numberOf("--timeout", values.timeout, 1, 300),
      readOnly: values["read-only"],
      session: values.session ?? join(".cache", "smoke", `${host.replace(/[^\w.-]/g, "_")}.json`),
      disturbSec: numberOf("--disturb-within", values["disturb-within"], 1, 7200),
    },
    command: values.disturb,
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new SmokeError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function originOf(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === "")
    return url.origin;
  const got = text === "" ? "none" : text;
  throw new SmokeError(
    `${name}: expected an address without a path, such as https://chat.example.com, got ${got}.\n\n${USAGE}`,
  );
}

function numberOf(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new SmokeError(`${name}: expected a whole number from ${min} to ${max}, got ${text}.`);
}
