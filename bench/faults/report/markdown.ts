import { markdownTable } from "../../shared/table";
import { type Findings } from "../audit/audit";
import { type Percentiles } from "../audit/latency";
import { type Outcome } from "../audit/outcome";

export interface Conditions {
  readonly command: string;
  readonly cpu: string;
  readonly cores: number;
  readonly kernel: string;
  readonly node: string;
  readonly ratePerSec: number;
  readonly clients: number;
}

const HEAD = [
  "fault",
  "acked",
  "lost",
  "duplicated",
  "recovered",
  "delivery p50 / p99 before",
  "p50 / p99 over all",
  "recovered after",
] as const;

/**
 * Formats the results as a Markdown page.
 * @param notRun names of faults without a result
 */
export function markdown(
  outcomes: readonly Outcome[],
  readConditions: Conditions,
  notRun: readonly string[] = [],
): string {
  const { command, cpu, cores, kernel, node, ratePerSec, clients } = readConditions;
  const acked = outcomes.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  const lost = outcomes.reduce((sum, outcome) => sum + outcome.lost, 0);
  const loads = outcomes.map(({ loadBefore }) => loadBefore);
  const duplicated = outcomes.reduce((sum, outcome) => sum + outcome.duplicated, 0);
  return [
    "# Reliability: no acknowledged message is ever lost",
    "",
    `Of ${acked} acknowledged messages in ${outcomes.length} runs, ${lost} were lost and ${duplicated} were duplicated.`,
    "",
    `\`${command}\` wrote this page, [\`reliability.json\`](reliability.json) and the chart. Each row is a separate run on the`,
    `[local twin](../tools/twin/README.md) of the applied dev topology: two tasks of 0.25 vCPU behind HAProxy, with real Redis and`,
    `PostgreSQL. The rows \`ec2-…\` run on the applied pattern B: two instances of two processes behind nginx. ${clients} clients, the app's own with its outbox, write ${ratePerSec} messages per second throughout, and two stock`,
    "Socket.IO clients listen. At the end, the audit compares the acknowledged messages with PostgreSQL and with every screen.",
    "[bench/faults](../bench/faults/README.md) explains the method; [audit-proof.md](audit-proof.md) shows that the audit can fail.",
    "",
    `Measured on ${cores} cores of ${cpu}, Linux ${kernel}, Node ${node}, shared by load, servers and tasks. The load`,
    `average before a row was ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}; above the number of cores, latencies are those of a busy machine. The load balancer's`,
    "intervals are shorter than the applied ones: a health check every second, 2 s of deregistration delay.",
    "",
    ...markdownTable(HEAD, outcomes.map(cells)),
    "",
    ...(notRun.length > 0 ? [`Faults not run for this page: ${notRun.join(", ")}.`, ""] : []),
    "- **lost**: acknowledged, but not in PostgreSQL. **duplicated**: stored twice, or shown twice on one screen.",
    "- **recovered**: sent again after an unknown outcome or a temporary refusal, and stored once.",
    "- **delivery**: from writing a message to another member's screen, before the fault and over the whole run. Messages written while a",
    "  client cannot send wait in its outbox, and that time counts.",
    "- **recovered after**: from the end of the fault until all clients were connected and had every message written before.",
    "- Every row also checks the order of each writer's messages, gaps in the sequence numbers, that every screen is complete, every",
    "  outbox is empty, every client is connected, and no task ended unexpectedly.",
    "",
    ...figureTable(outcomes),
    "![Delivery latency over time, one panel per fault](reliability.svg)",
    "",
    "## The faults",
    "",
    ...markdownTable(
      ["fault", "what happens"],
      outcomes.map(({ fault, what }) => [fault, what]),
    ),
    "",
  ].join("\n");
}

function figureTable(outcomes: readonly Outcome[]): string[] {
  const figures = outcomes.flatMap(({ fault, figures = [] }) => figures.map((figure) => ({ fault, ...figure })));
  if (figures.length === 0) return [];
  const rows = figures.map(({ fault, what, gotMs, atMostMs }) => [
    gotMs <= atMostMs ? "met" : "MISSED",
    fault,
    what,
    `${time(gotMs)} (at most ${time(atMostMs)})`,
  ]);
  return [...markdownTable(["", "fault", "target", "got"], rows), ""];
}

function cells(outcome: Outcome): string[] {
  const { fault, acknowledged, lost, duplicated, recovered, before, delivery, recoveryMs, clean } = outcome;
  return [
    clean ? fault : `${fault}: **${describeProblems(outcome).join(", ")}**`,
    ...[acknowledged, lost, duplicated, recovered].map(String),
    pair(before),
    pair(delivery),
    time(recoveryMs),
  ];
}

/** Returns the problems of a row as text. */
export function describeProblems({ findings, away, deaths, problem }: Outcome): string[] {
  const words = Object.entries(findings as unknown as Record<keyof Findings, readonly string[]>)
    .filter(([, ids]) => ids.length > 0)
    .map(([finding, ids]) => `${ids.length} ${finding}`);
  return [
    ...words,
    ...(away > 0 ? [`${away} clients not connected`] : []),
    ...(deaths.length > 0 ? [`${deaths.join(", ")} ended unexpectedly`] : []),
    ...(problem === undefined ? [] : [problem]),
  ];
}

function pair(percentiles: Percentiles | undefined): string {
  return percentiles === undefined ? "none" : `${time(percentiles.p50Ms)} / ${time(percentiles.p99Ms)}`;
}

function time(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
