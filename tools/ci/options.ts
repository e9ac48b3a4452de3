import { parseArgs } from "node:util";
import { CiError } from "./errors";

export const USAGE = `usage: node --import tsx tools/ci/cli.ts COMMAND [options] [environment | stack] ...

  plan     init and plan the named stacks, or all; writes plan.tfplan and plan.log beside each, and the output \`changes\`
  save     store the plan of one stack; writes the outputs \`plan_id\` and \`plan_sha256\`
  apply    apply the stored plan of one stack, if it is the one with this SHA-256, and delete it
  image    build, push and sign the image of app/, unless the repository has it; writes the output \`digest\`
  comment  write a report as the pipeline's one comment on a pull request
  issue    open, update or close the pipeline's one issue about drift

  --read-only        plan without taking the state's lock, for credentials that may only read
  --no-refresh       compare with the state alone; reading what AWS has would need the right to read secret values
  --id ID            name of a stored plan, such as the run's id
  --sha256 HEX       the SHA-256 of the plan that was reviewed
  --store URL        s3://bucket/prefix for stored plans (default: beside the stack's state)
  --output FILE      append outputs as name=value lines (default: print them)
  --file FILE        the Markdown report
  --number N         number of the pull request
  --drift BOOLEAN    whether there is drift: true or false
  --out FOLDER       synth output folder (default cdktf.out)`;

export type Options = ReturnType<typeof parseOptions>;

export function parseOptions(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        "read-only": { type: "boolean", default: false },
        "no-refresh": { type: "boolean", default: false },
        id: { type: "string" },
        sha256: { type: "string" },
        store: { type: "string" },
        output: { type: "string" },
        file: { type: "string" },
        number: { type: "string" },
        drift: { type: "string" },
        out: { type: "string", default: "cdktf.out" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return { ...values, names: positionals };
  } catch (error) {
    throw new CiError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

/** Returns an option that a command needs. An empty one is missing: a pipeline passes what an earlier step did not set. */
export function need(options: Options, name: "id" | "sha256" | "file" | "number" | "drift", expected: string): string {
  const value = options[name];
  if (value !== undefined && value !== "") return value;
  throw new CiError(`--${name}: expected ${expected}, got nothing.\n\n${USAGE}`);
}
