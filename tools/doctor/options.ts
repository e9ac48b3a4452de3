import { parseArgs } from "node:util";
import { DoctorError } from "./errors";
import { type CommandName, COMMANDS, usageOf } from "./usage";

const COMMON = {
  out: { type: "string", default: "cdktf.out" },
  endpoint: { type: "string" },
  only: { type: "string" },
  skip: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

const OPTIONS = {
  doctor: { ...COMMON, plan: { type: "boolean", default: false } },
  verify: { ...COMMON, image: { type: "string" } },
} as const;

export interface Options {
  readonly environment: string;
  readonly out: string;
  readonly endpoint: string | undefined;
  /** Digest or tag to verify. */
  readonly image: string | undefined;
  /** Whether doctor plans, too, to find what was changed beside Terraform. */
  readonly plan: boolean;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly json: boolean;
}

/** Returns the command that is named, `undefined` for help about both. @throws DoctorError for any other word */
export function parseCommand(word: string | undefined): CommandName | undefined {
  if (word === undefined || ["--help", "-h", "help"].includes(word)) return undefined;
  const found = COMMANDS.find((name) => name === word);
  if (found !== undefined) return found;
  throw new DoctorError(`command: expected ${COMMANDS.join(" or ")}, got ${word}.\n\n${usageOf(undefined)}`);
}

/** Parses the arguments after the command. @throws DoctorError with the command's usage */
export function parseOptions(command: CommandName, args: readonly string[]): Options {
  const { values, positionals } = parse(command, args);
  const [environment, ...others] = positionals;
  if (environment === undefined || others.length > 0) {
    const got = environment === undefined ? "none" : positionals.join(" ");
    throw new DoctorError(`environment: expected one, such as dev, got ${got}.\n\n${usageOf(command)}`);
  }
  const { out, endpoint, json, only, skip } = values;
  const { image, plan = false } = values as { readonly image?: string; readonly plan?: boolean };
  return { environment, out, endpoint, image, plan, json, only: list(only), skip: list(skip) };
}

function parse(command: CommandName, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS[command] });
  } catch (error) {
    throw new DoctorError(`${(error as Error).message}\n\n${usageOf(command)}`);
  }
}

function list(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

interface Named {
  readonly name: string;
}

/** Chooses by `--only` and `--skip`. @throws DoctorError for a name that no check has, or when none is left */
export function chooseChecks<C extends Named>(
  checks: readonly C[],
  { only, skip }: Pick<Options, "only" | "skip">,
): C[] {
  const known = checks.map(({ name }) => name);
  for (const [option, names] of [
    ["--only", only],
    ["--skip", skip],
  ] as const) {
    const unknown = names.find((name) => !known.includes(name));
    if (unknown !== undefined) throw new DoctorError(`${option}: expected ${known.join(", ")}, got ${unknown}.`);
  }
  const chosen = checks.filter(({ name }) => (only.length === 0 || only.includes(name)) && !skip.includes(name));
  if (chosen.length > 0) return chosen;
  throw new DoctorError("--only, --skip: expected to leave a check, got none.");
}
