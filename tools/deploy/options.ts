import { parseArgs } from "node:util";
import { SBOM_FOLDER } from "../supply-chain/attest";
import { DeployError } from "./errors";
import { COMMANDS, type CommandName, usageOf } from "./usage";

const COMMON = {
  out: { type: "string", default: "cdktf.out" },
  endpoint: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

const YES = { yes: { type: "boolean", short: "y", default: false } } as const;

const OPTIONS = {
  bootstrap: {
    ...COMMON,
    ...YES,
    repository: { type: "string" },
    branch: { type: "string", default: "main" },
    gitlab: { type: "string" },
    "no-ci": { type: "boolean", default: false },
    "no-registry": { type: "boolean", default: false },
    "kms-key": { type: "string" },
    check: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    "no-synth": { type: "boolean", default: false },
  },
  image: {
    ...COMMON,
    tag: { type: "string" },
    existing: { type: "string" },
    context: { type: "string", default: "app" },
    sbom: { type: "string", default: SBOM_FOLDER },
    sign: { type: "boolean", default: false },
  },
  deploy: {
    ...COMMON,
    ...YES,
    image: { type: "string" },
    "plan-only": { type: "boolean", default: false },
    "fail-on": { type: "string", default: "data-loss" },
    accept: { type: "string", multiple: true },
    "no-synth": { type: "boolean", default: false },
  },
  migrate: { ...COMMON, ...YES, image: { type: "string" } },
  scale: {
    ...COMMON,
    ...YES,
    min: { type: "string" },
    max: { type: "string" },
    desired: { type: "string" },
    reset: { type: "boolean", default: false },
  },
  secrets: {
    ...COMMON,
    ...YES,
    json: { type: "boolean", default: false },
    "no-deploy": { type: "boolean", default: false },
    finish: { type: "boolean", default: false },
    revoke: { type: "boolean", default: false },
  },
  destroy: {
    ...COMMON,
    "delete-data": { type: "boolean", default: false },
    confirm: { type: "string" },
    "no-synth": { type: "boolean", default: false },
  },
  status: { ...COMMON, json: { type: "boolean", default: false } },
  rollback: { ...COMMON, ...YES, to: { type: "string" } },
  logs: {
    ...COMMON,
    since: { type: "string", default: "15m" },
    container: { type: "string" },
    filter: { type: "string" },
    follow: { type: "boolean", short: "f", default: false },
  },
} as const;

type Parsed<Name extends CommandName> = ReturnType<
  typeof parseArgs<{ args: string[]; allowPositionals: true; options: (typeof OPTIONS)[Name] }>
>;

/** Returns the command that is named, `undefined` for help about all. @throws DeployError for any other word */
export function parseCommand(word: string | undefined): CommandName | undefined {
  if (word === undefined || word === "--help" || word === "-h" || word === "help") return undefined;
  const found = COMMANDS.find((name) => name === word);
  if (found !== undefined) return found;
  throw new DeployError(`command: expected ${COMMANDS.join(", ")}, got ${word}.\n\n${usageOf(undefined)}`);
}

/** Parses the arguments after the command. @throws DeployError with the command's usage */
export function parseOptions<Name extends CommandName>(command: Name, args: readonly string[]): Parsed<Name> {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS[command] });
  } catch (error) {
    throw new DeployError(`${(error as Error).message}\n\n${usageOf(command)}`);
  }
}

/** Returns the only argument that is no option. @throws DeployError with the command's usage when there is none, or more */
export function environmentOf(command: CommandName, positionals: readonly string[]): string {
  const [environment, ...others] = positionals;
  if (environment !== undefined && others.length === 0) return environment;
  const got = environment === undefined ? "none" : positionals.join(" ");
  throw new DeployError(`environment: expected one, such as dev, got ${got}.\n\n${usageOf(command)}`);
}

/** @throws DeployError with the command's usage when there is an argument that is no option */
export function noArgument(command: CommandName, positionals: readonly string[]): void {
  if (positionals.length === 0) return;
  throw new DeployError(`${command}: expected options only, got ${positionals.join(" ")}.\n\n${usageOf(command)}`);
}

/** Parses the number of a revision. @throws DeployError when it is none */
export function parseRevision(text: string | undefined): number | undefined {
  if (text === undefined || /^[1-9]\d*$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new DeployError(`--to: expected the number of a revision, such as 12, got ${text}.`);
}

/** Parses a number of tasks. @throws DeployError when it is none */
export function parseCount(option: "min" | "max" | "desired", text: string | undefined): number | undefined {
  if (text === undefined || /^\d{1,4}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new DeployError(`--${option}: expected a number of tasks, such as 6, got ${text}.`);
}
