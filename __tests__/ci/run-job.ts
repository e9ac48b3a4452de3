import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { shell } from "../helpers/shell";
import { type Job, type Step } from "./workflow";

/** Values of expressions such as `inputs.environment`; `steps.…` is known from the steps that ran. */
export type Values = Readonly<Record<string, string>>;

export interface Runner {
  /** The checked-out repository. */
  readonly folder: string;
  /** Environment variables of every step: Node.js, Terraform and the credentials, which actions set up on GitHub. */
  readonly env: NodeJS.ProcessEnv;
  /** Where artifacts are kept for other jobs. */
  readonly artifacts: string;
}

export interface JobRun {
  readonly failed: boolean;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Like a runner's checkout, the tests' copy has its packages already, whatever the times of its files. */
const PREAMBLE = 'make() { command make --no-print-directory -o node_modules "$@" ${MAKE_EXTRA:-}; }\n';

/**
 * Runs the scripts of a job as GitHub's runner does, and passes artifacts on. Other actions are skipped: what they set up is there.
 * @throws Error for an expression without a value
 */
export async function runJob(job: Job, runner: Runner, values: Values): Promise<JobRun> {
  const files = { output: join(runner.folder, ".step-output"), summary: join(runner.folder, ".summary") };
  writeFileSync(files.summary, "");
  const known = new Map(Object.entries(values));
  let failed = false;
  let log = "";
  for (const step of job.steps ?? []) {
    if (!shouldRun(step, failed, known)) continue;
    if (step.uses !== undefined) {
      if (!passArtifact(step, runner)) failed ||= !("continue-on-error" in step);
      continue;
    }
    writeFileSync(files.output, "");
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value, known)]));
    const { status, output } = await shell(PREAMBLE + step.run!, runner.folder, {
      ...runner.env,
      ...env,
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
    });
    log += `$ ${step.run}\n${output}`;
    failed ||= status !== 0;
    for (const line of readFileSync(files.output, "utf8").split("\n").filter(Boolean)) {
      const [, name = "", value = ""] = /^(\w+)=(.*)$/.exec(line) ?? [];
      known.set(`steps.${step.id}.outputs.${name}`, value);
    }
  }
  const outputs = Object.entries(job.outputs ?? {}).map(([name, value]) => [name, fill(value, known, "")]);
  return {
    failed,
    log,
    summary: readFileSync(files.summary, "utf8"),
    outputs: Object.fromEntries(outputs) as JobRun["outputs"],
  };
}

function shouldRun(step: Step, failed: boolean, known: ReadonlyMap<string, string>): boolean {
  const condition = step.if?.replace(/^\$\{\{ | \}\}$/g, "");
  if (condition === undefined) return !failed;
  if (condition === "!cancelled()") return true;
  const [, name = "", value] = /^([\w.]+) == '(\w*)'$/.exec(condition) ?? [];
  if (value === undefined) throw new Error(`no meaning for if: ${step.if}`);
  return !failed && (known.get(name) ?? "") === value;
}

/** Copies the file of an upload or a download; returns false when there is none. */
function passArtifact({ uses = "", with: inputs = {} }: Step, { folder, artifacts }: Runner): boolean {
  const { name = "", path = "" } = inputs;
  const kept = join(artifacts, name);
  if (uses.startsWith("actions/upload-artifact@")) {
    const file = join(folder, path);
    if (!existsSync(file)) return inputs["if-no-files-found"] === "ignore";
    mkdirSync(kept, { recursive: true });
    copyFileSync(file, join(kept, basename(path)));
  } else if (uses.startsWith("actions/download-artifact@")) {
    const file = join(kept, "plan-report.md");
    if (!existsSync(file)) return false;
    mkdirSync(join(folder, path), { recursive: true });
    copyFileSync(file, join(folder, path, "plan-report.md"));
  }
  return true;
}

function fill(text: string, known: ReadonlyMap<string, string>, missing?: string): string {
  return String(text).replace(/\$\{\{ ([^}]+) \}\}/g, (_, expression: string) => {
    const value = known.get(expression) ?? (expression.startsWith("steps.") ? "" : missing);
    if (value === undefined) throw new Error(`no value for \${{ ${expression} }}`);
    return value;
  });
}
