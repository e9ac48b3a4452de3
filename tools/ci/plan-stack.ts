import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, type CommandResult } from "../programs/child-process";
import { type Diagnostic } from "../terraform/diagnostics";
import { type ChangeSummary, parseEvent } from "../terraform/events";
import { PLAN_FILE, PLAN_LOG } from "./files";

/** How long a plan waits for another one to release the state's lock. */
const LOCK_TIMEOUT = "10m";

export interface PlanOptions {
  /** The Terraform program. */
  readonly program: string;
  /** The stack's folder. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Take no lock: for credentials that may only read. */
  readonly readOnly: boolean;
  /** Read what AWS has. The provider then reads the value of every secret, even of one that is not kept in the state. */
  readonly refresh: boolean;
}

export type PlanOutcome =
  | { readonly status: "planned"; readonly hasChanges: boolean; readonly summary: string }
  | { readonly status: "failed" };

/**
 * Runs `terraform init` and `plan` in a stack's folder. The plan goes to plan.tfplan, and Terraform's own output to plan.log, where the plan
 * report finds both. Nothing of it is printed: it may contain secrets, which only the report hides. A signal lets Terraform release its lock.
 */
export async function planStack({ program, folder, env, readOnly, refresh }: PlanOptions): Promise<PlanOutcome> {
  for (const file of [PLAN_FILE, PLAN_LOG]) rmSync(join(folder, file), { force: true });
  const terraform = (...args: string[]) =>
    run(program, [...args, "-input=false"], { cwd: folder, env, onSignal: "forward" });
  const init = await terraform("init", "-no-color");
  if (init.code !== 0) {
    writeLog(folder, [failure("terraform init failed", init)]);
    return { status: "failed" };
  }
  const lock = readOnly ? "-lock=false" : `-lock-timeout=${LOCK_TIMEOUT}`;
  const plan = await terraform("plan", "-json", "-detailed-exitcode", `-refresh=${refresh}`, lock, `-out=${PLAN_FILE}`);
  const lines = plan.stdout.split("\n");
  const planned = plan.code === 0 || plan.code === 2;
  const hasReason = lines.some((line) => isError(line));
  writeLog(folder, planned || hasReason ? lines : [...lines, failure("terraform plan failed", plan)]);
  if (!planned) return { status: "failed" };
  return { status: "planned", hasChanges: plan.code === 2, summary: summaryOf(lines) };
}

function writeLog(folder: string, lines: readonly string[]): void {
  writeFileSync(join(folder, PLAN_LOG), `${lines.join("\n")}\n`, { mode: 0o600 });
}

/** A line as `terraform plan -json` would print it; init has errors before there is any JSON. */
function failure(summary: string, { stdout, stderr, code }: CommandResult): string {
  const diagnostic: Diagnostic = {
    severity: "error",
    summary,
    detail: stderr.trim() || stdout.trim() || `exit code ${code ?? "none, it was ended by a signal"}`,
  };
  return JSON.stringify({ type: "diagnostic", diagnostic });
}

function isError(line: string): boolean {
  const event = parseEvent(line);
  return event?.type === "diagnostic" && event.diagnostic.severity === "error";
}

function summaryOf(lines: readonly string[]): string {
  const summaries = lines.flatMap((line): ChangeSummary[] => {
    const event = parseEvent(line);
    return event?.type === "change_summary" ? [event.changes] : [];
  });
  const { add = 0, change = 0, remove = 0 } = summaries.at(-1) ?? {};
  return `${add} to add, ${change} to change, ${remove} to destroy`;
}
