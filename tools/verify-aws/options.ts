import { parseArgs } from "node:util";
import { VerifyAwsError } from "./errors";
import { USAGE } from "./usage";

export interface Options {
  readonly image: string | undefined;
  readonly repository: string | undefined;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
  readonly json: boolean;
  readonly yes: boolean;
  /** Folder of an earlier run, and whether to check it first or only to destroy it. */
  readonly earlier: { readonly folder: string; readonly mode: "resume" | "destroy" } | undefined;
}

const OPTIONS = {
  image: { type: "string" },
  repository: { type: "string" },
  region: { type: "string" },
  endpoint: { type: "string" },
  json: { type: "boolean", default: false },
  yes: { type: "boolean", short: "y", default: false },
  resume: { type: "string" },
  "destroy-only": { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Parses the command line; `undefined` asks for help. @throws VerifyAwsError with the usage for everything that is wrong with it */
export function parseOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const { image, repository, endpoint, json, yes, resume } = values;
  const destroyOnly = values["destroy-only"];
  if (resume !== undefined && destroyOnly !== undefined) throw wrong("--resume or --destroy-only", "both");
  if (repository !== undefined && image === undefined) throw wrong("--image NAME with --repository", "no image");
  const region = values.region ?? (env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || undefined);
  const folder = resume ?? destroyOnly;
  if (folder !== undefined && (image !== undefined || values.region !== undefined)) {
    throw wrong("the folder alone, which knows its region and image", "--region or --image beside it");
  }
  const mode = resume === undefined ? "destroy" : "resume";
  const earlier = folder === undefined ? undefined : ({ folder, mode } as const);
  return { image, repository, region, endpoint, json, yes, earlier };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new VerifyAwsError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function wrong(expected: string, got: string): VerifyAwsError {
  return new VerifyAwsError(`verify-aws: expected ${expected}, got ${got}.\n\n${USAGE}`);
}
