import { CheckFailed, type Check, type CheckResult, NotChecked, type SmokeRun } from "./check";
import { disturbance } from "./checks/disturbance";
import { foreignOrigin, handshake, stickiness, upgrade } from "./checks/handshakes";
import { idle, startIdleSocket } from "./checks/idle";
import { delivery, reconnect, signIn } from "./checks/messages";
import { health, page, readiness } from "./checks/pages";
import { twoTasks } from "./checks/tasks";
import { Http } from "./client/http";
import { networkFailure } from "./in-words";
import { Latencies, type LatencySummary } from "./latencies";
import { type SmokeOptions } from "./options";

export interface SmokeReport {
  readonly url: string;
  readonly startedAt: string;
  /** No check has failed; some may not have been made. */
  readonly passed: boolean;
  readonly checks: readonly CheckResult[];
  readonly latencies: readonly LatencySummary[];
  /** What this run left in the deployment's database. */
  readonly wrote: { readonly customers: number; readonly messages: number };
}

/** In this order; the idle socket lives beside those between sign-in and `idle`. */
const CHECKS: readonly Check[] = [
  page,
  health,
  readiness,
  handshake,
  stickiness,
  upgrade,
  foreignOrigin,
  twoTasks,
  signIn,
  delivery,
  reconnect,
  idle,
  disturbance,
];

/**
 * Checks a deployment as its clients see it. Never rejects for what is wrong with the deployment: that is in the report.
 *
 * @param onResult receives each result as soon as it is known
 */
export async function smoke(
  options: SmokeOptions,
  onResult: (result: CheckResult) => void = () => undefined,
): Promise<SmokeReport> {
  const startedAt = new Date().toISOString();
  const http = new Http(options.url, options.origin, options.timeoutSec * 1000);
  const run: SmokeRun = { http, options, latencies: new Latencies(), written: 0 };
  const results: CheckResult[] = [];
  for (const check of CHECKS) {
    const result = await runCheck(check, run, results);
    results.push(result);
    onResult(result);
    if (check === signIn && missingNeed(idle, results) === undefined) startIdleSocket(run);
  }
  for (const client of run.clients ?? []) client.stop();
  return {
    url: options.url,
    startedAt,
    passed: results.every(({ status }) => status !== "failed"),
    checks: results,
    latencies: run.latencies.summaries(),
    wrote: { customers: run.visitor?.isNew ? 1 : 0, messages: run.written },
  };
}

async function runCheck(check: Check, run: SmokeRun, before: readonly CheckResult[]): Promise<CheckResult> {
  const { id, title } = check;
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  const reason = run.isUnreachable ? "the deployment cannot be reached" : missingNeed(check, before);
  if (reason !== undefined) return { id, title, ms: 0, status: "not-checked", reason };
  try {
    const detail = await check.run(run);
    return { id, title, ms: ms(), status: "passed", detail };
  } catch (error) {
    if (error instanceof NotChecked) return { id, title, ms: ms(), status: "not-checked", reason: error.message };
    if (error instanceof CheckFailed) return { id, title, ms: ms(), status: "failed", ...error.diagnosis };
    const unreachable = networkFailure(error);
    if (check === page && unreachable !== undefined) run.isUnreachable = true;
    return { id, title, ms: ms(), status: "failed", ...(unreachable ?? failure(error)) };
  }
}

/** Says which check is missing without which this one says nothing; `undefined` when all have passed. */
function missingNeed({ needs }: Check, before: readonly CheckResult[]): string | undefined {
  const passed = new Set(before.flatMap(({ id, status }) => (status === "passed" ? [id] : [])));
  const missing = needs.find((need) => !passed.has(need));
  return missing === undefined ? undefined : `needs the check "${missing}"`;
}

function failure(error: unknown) {
  const message = error instanceof Error ? error.message : String(error);
  return {
    found: `expected an answer, got: ${message}`,
    cause: "The deployment, or something between, did not answer as its protocol says, or too late.",
    remedy: "Repeat the command with a longer --timeout; if it fails again, read the tasks' logs of this time.",
  };
}
