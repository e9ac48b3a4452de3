import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readVerdictFile } from "../../policy-report/verdict";
import { type Json } from "../../terraform/json";
import { type Diagnostic } from "../../terraform/diagnostics";
import { modulesOfStack } from "../../terraform/modules-of-stack";
import { type PlanJson } from "../../terraform/plan-json";
import { isNamed, listStacks, STACK_FILE, stackFolder } from "../../terraform/stacks";
import { PlanReportError } from "../errors";
import { isSavedPlan, parsePlan } from "./parse-plan";
import { readDiagnostics } from "./read-log";
import { type StackInput } from "./stack-input";

/** What `terraform plan -out` writes, and what `terraform show -json` makes of it; the first that exists is read. */
const PLAN_FILES = ["plan.tfplan", "plan.json"] as const;

/** The output of `terraform plan -json`, with the errors of a plan that failed. */
const LOG_FILE = "plan.log";

/** The verdicts that a synth writes beside a stack. */
const POLICIES_FILE = "policies.json";

/** Shows a saved plan as JSON; `terraform show -json` in the folder that it was made in. */
export type ShowPlan = (folder: string, file: string) => Promise<PlanJson>;

/** Where inputs come from; standard input is read at most once. */
export interface Sources {
  readonly out: string;
  readonly showPlan: ShowPlan;
  readonly standardInput: () => Buffer;
}

/**
 * Finds the stacks to report on.
 * @param args files, `-` for standard input, each optionally `NAME=FILE`; environments or stacks; nothing for every stack with a plan
 * @throws PlanReportError naming what is missing
 */
export async function findInputs(args: readonly string[], sources: Sources): Promise<StackInput[]> {
  if (args.length === 0) return plannedStacks(sources);
  const inputs: StackInput[] = [];
  for (const arg of args) inputs.push(...(await inputsOf(arg, sources)));
  requireDifferent(inputs.map(({ stack }) => stack));
  return inputs;
}

async function inputsOf(arg: string, sources: Sources): Promise<StackInput[]> {
  const [, name, rest] = /^([\w.-]+)=(.+)$/.exec(arg) ?? [];
  const file = rest ?? arg;
  if (file === "-") {
    const plan = parsePlan(sources.standardInput(), "standard input");
    return [{ stack: name ?? "plan", plan, diagnostics: [], policies: undefined, modules: new Map() }];
  }
  if (isFile(file)) return [await inputOfFile(file, name, sources)];
  if (rest !== undefined || /[/\\]|\.json$/.test(arg)) {
    throw new PlanReportError(`${file}: expected a plan or its JSON, found no file.`);
  }
  const stacks = listStacks(sources.out);
  const chosen = stacks.filter((stack) => isNamed(stack, arg));
  if (chosen.length === 0) {
    throw new PlanReportError(
      `${arg}: expected a file or one of the stacks in ${sources.out} (${stacks.join(", ")}), found neither.`,
    );
  }
  return Promise.all(chosen.map((stack) => inputOfStack(stack, sources)));
}

async function plannedStacks(sources: Sources): Promise<StackInput[]> {
  const stacks = listStacks(sources.out);
  const planned = stacks.filter((stack) => planFileOf(stackFolder(sources.out, stack)) !== undefined);
  if (planned.length === 0) {
    const folder = stackFolder(sources.out, "<stack>");
    throw new PlanReportError(
      `${sources.out}: expected ${PLAN_FILES.join(" or ")} beside at least one stack (${stacks.join(", ")}), found none. ${planCommand(folder)}`,
    );
  }
  return Promise.all(planned.map((stack) => inputOfStack(stack, sources)));
}

async function inputOfStack(stack: string, sources: Sources): Promise<StackInput> {
  const folder = stackFolder(sources.out, stack);
  const file = planFileOf(folder);
  if (file === undefined) throw noPlan(folder);
  return inputOfFile(join(folder, file), stack, sources);
}

function planFileOf(folder: string): string | undefined {
  return [...PLAN_FILES, LOG_FILE].find((file) => isFile(join(folder, file)));
}

async function inputOfFile(file: string, name: string | undefined, { showPlan }: Sources): Promise<StackInput> {
  const folder = dirname(file);
  const stackFile = join(folder, STACK_FILE);
  const isStack = existsSync(stackFile);
  const log = join(folder, LOG_FILE);
  const diagnostics = isStack && isFile(log) ? readDiagnostics(log) : [];
  const plan = basename(file) === LOG_FILE ? undefined : await readPlan(file, showPlan);
  return {
    stack: name ?? (isStack ? basename(folder) : basename(file).replace(/(\.plan)?\.(json|tfplan)$/, "")),
    ...ofOneRun(plan, file, { diagnostics, log }),
    policies: isFile(join(folder, POLICIES_FILE)) ? readVerdictFile(join(folder, POLICIES_FILE)) : undefined,
    modules: isStack ? modulesOfStack(JSON.parse(readFileSync(stackFile, "utf8")) as Json) : new Map(),
  };
}

/** A log with errors and a plan without are of two runs, of which the later counts: a plan that fails early leaves the file of the run before. */
function ofOneRun(
  plan: PlanJson | undefined,
  file: string,
  { diagnostics, log }: { readonly diagnostics: readonly Diagnostic[]; readonly log: string },
): Pick<StackInput, "plan" | "diagnostics"> {
  const hasErrors = diagnostics.some(({ severity }) => severity === "error");
  if (plan === undefined || plan.errored === true || !hasErrors) return { plan, diagnostics };
  const isLater = statSync(log).mtimeMs >= statSync(file).mtimeMs;
  return isLater ? { plan: undefined, diagnostics } : { plan, diagnostics: [] };
}

async function readPlan(file: string, showPlan: ShowPlan): Promise<PlanJson> {
  const content = readFileSync(file);
  if (!isSavedPlan(content)) return parsePlan(content, file);
  const shown = await showPlan(dirname(file), basename(file));
  return parsePlan(Buffer.from(JSON.stringify(shown)), file);
}

function noPlan(folder: string): PlanReportError {
  const [saved, shown] = PLAN_FILES;
  return new PlanReportError(`${folder}: expected ${saved} or ${shown}, found neither. ${planCommand(folder)}`);
}

function planCommand(folder: string): string {
  return `Run \`terraform -chdir=${folder} plan -out=${PLAN_FILES[0]}\`.`;
}

function requireDifferent(stacks: readonly string[]): void {
  const twice = stacks.find((stack, index) => stacks.indexOf(stack) !== index);
  if (twice === undefined) return;
  throw new PlanReportError(`${twice}: expected each stack once, got two. Name the files: NAME=FILE.`);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
