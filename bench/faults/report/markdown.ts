import { markdownTable } from "../../table";
import { type Findings } from "../audit";
import { type Percentiles } from "../latency";
import { type Outcome } from "../outcome";

export interface Circumstances {
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
  "back after",
] as const;

/**
 * For the repository.
 * @param notRun names of faults of the matrix that have no outcome yet
 */
export function markdown(
  outcomes: readonly Outcome[],
  circumstances: Circumstances,
  notRun: readonly string[] = [],
): string {
  const { command, cpu, cores, kernel, node, ratePerSec, clients } = circumstances;
  const acked = outcomes.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  const lost = outcomes.reduce((sum, outcome) => sum + outcome.lost, 0);
  const loads = outcomes.map(({ loadBefore }) => loadBefore);
  const duplicated = outcomes.reduce((sum, outcome) => sum + outcome.duplicated, 0);
  return [
    "# Reliability: no acknowledged message is ever lost",
    "",
    `Of ${acked} messages that were acknowledged in ${outcomes.length} runs, ${lost} were lost and ${duplicated} were there twice.`,
    "",
    `\`${command}\` wrote this page, [\`reliability.json\`](reliability.json) and the picture. Each row is a run of its own on the`,
    `[local twin](../tools/twin/README.md) of the applied dev topology, two tasks of 0.25 vCPU behind HAProxy, real Redis and`,
    `PostgreSQL: ${clients} people with the app's own client and its outbox write ${ratePerSec} messages a second all the while, and two`,
    `stock Socket.IO clients listen. Then everything settles, and the audit compares what was acknowledged, what PostgreSQL has, and`,
    "what stands on every screen. [bench/faults](../bench/faults/README.md) says how, and which build turns which row red.",
    "",
    `Measured on ${cores} cores of ${cpu}, Linux ${kernel}, Node ${node}; load, servers and tasks share them. The load`,
    `average before a row was ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}: above the number of cores, times are those of a busy machine. The balancer's clocks are`,
    "quicker than the applied ones: health checks every second, 2 s of deregistration.",
    "",
    ...markdownTable(HEAD, outcomes.map(cells)),
    "",
    ...(notRun.length > 0 ? [`Rows of the matrix that were not run for this page: ${notRun.join(", ")}.`, ""] : []),
    "- **lost**: acknowledged, and not in PostgreSQL. **duplicated**: there twice, or twice on one screen.",
    "- **recovered**: sent again, since what became of the first try was not known or it was refused for a passing reason; there once.",
    "- **delivery**: from writing to the screen of another, before the fault and over the whole run; what was written while nobody could",
    "  send waits in the outbox, and counts.",
    "- **back after**: from the end of the fault until everybody was connected and had everything that was written until then.",
    "- Every row also asks: the order of each writer, no gap in the log, every screen complete, every outbox empty, every client back,",
    "  no task that ended by itself.",
    "",
    ...figureTable(outcomes),
    "![Delivery latency over time, one panel for each fault](reliability.svg)",
    "",
    "## What each fault is",
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
    clean ? fault : `${fault}: **${faultsOf(outcome).join(", ")}**`,
    ...[acknowledged, lost, duplicated, recovered].map(String),
    pair(before),
    pair(delivery),
    time(recoveryMs),
  ];
}

/** What is wrong with a row, in words. */
export function faultsOf({ findings, away, deaths, problem }: Outcome): string[] {
  const words = Object.entries(findings as unknown as Record<keyof Findings, readonly string[]>)
    .filter(([, ids]) => ids.length > 0)
    .map(([finding, ids]) => `${ids.length} ${finding}`);
  return [
    ...words,
    ...(away > 0 ? [`${away} clients away`] : []),
    ...(deaths.length > 0 ? [`${deaths.join(", ")} ended by itself`] : []),
    ...(problem === undefined ? [] : [problem]),
  ];
}

function pair(percentiles: Percentiles | undefined): string {
  return percentiles === undefined ? "none" : `${time(percentiles.p50Ms)} / ${time(percentiles.p99Ms)}`;
}

function time(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
