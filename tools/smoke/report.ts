import { type CheckResult } from "./check";
import { type LatencySummary } from "./latencies";
import { type SmokeReport } from "./run-checks";

const MARKS = { passed: "ok", failed: "FAILED", "not-checked": "-" } as const;
const TITLE_WIDTH = 30;
const BAR_WIDTH = 40;
/** Upper ends of the histogram's buckets, in milliseconds. */
const BUCKETS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, Infinity];

/** Renders one row of the table; a failed check has its cause and remedy below. */
export function renderResult(result: CheckResult): string {
  const time = result.status === "not-checked" ? "" : duration(result.ms);
  const row = `${MARKS[result.status].padEnd(7)} ${result.title.padEnd(TITLE_WIDTH)} ${time.padStart(8)}  ${textOf(result)}`;
  if (result.status !== "failed") return row;
  return `${row}\n        likely cause: ${result.cause}\n        remedy: ${result.remedy}`;
}

function textOf(result: CheckResult): string {
  if (result.status === "passed") return result.detail;
  return result.status === "failed" ? result.found : `not checked: ${result.reason}`;
}

/** Renders what follows the table: latencies, what was written, and the verdict. */
export function renderSummary({ url, checks, latencies, wrote, passed }: SmokeReport): string {
  const count = (status: CheckResult["status"]) => checks.filter((check) => check.status === status).length;
  const counts = `${count("passed")} passed, ${count("failed")} failed, ${count("not-checked")} not checked`;
  const customer = wrote.customers === 1 ? 'the customer "Smoke test" with a conversation, and ' : "";
  const written =
    wrote.messages + wrote.customers === 0 ? "Nothing was written." : `Written: ${customer}${wrote.messages} messages.`;
  return [
    ...latencies.flatMap((summary) => ["", ...histogram(summary)]),
    "",
    written,
    `${url}: ${passed ? "no check failed" : "FAILED"} (${counts})`,
  ].join("\n");
}

/** Renders the distribution of latencies as bars. */
function histogram({ name, samples, p50Ms, p95Ms, maxMs }: LatencySummary): string[] {
  const times = `half within ${duration(p50Ms)}, 95 % within ${duration(p95Ms)}, longest ${duration(maxMs)}`;
  const counts = BUCKETS_MS.map((end, index) => {
    const start = BUCKETS_MS[index - 1] ?? 0;
    return { start, end, count: samples.filter((ms) => ms >= start && ms < end).length };
  });
  const used = counts.filter(({ count }) => count > 0);
  const [first, last] = [counts.indexOf(used[0]!), counts.indexOf(used.at(-1)!)];
  const most = Math.max(...counts.map(({ count }) => count));
  const rows = counts.slice(first, last + 1).map(({ start, end, count }) => {
    const label = end === Infinity ? `${start}+ ms` : `${start}-${end} ms`;
    return `${label.padStart(14)}  ${"█".repeat(Math.ceil((count / most) * BAR_WIDTH))} ${count}`;
  });
  return [`${name} (${samples.length}): ${times}`, ...rows];
}

/** Renders milliseconds: `7 ms`, `12.3 s`. */
function duration(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
