import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { imageOf } from "../../tools/twin/tasks/image";
import { programNodeVersion } from "../../tools/twin/tasks/program-path";
import { rounded } from "../shared/machine";
import { loadClient, ROOT } from "./app-packages";
import { FAULTS, find } from "./faults";
import { findDefence } from "./defences";
import { type Outcome } from "./audit/outcome";
import { type Conditions, describeProblems, markdown } from "./report/markdown";
import { latencyChart } from "./report/latency-chart";
import { CROWD, runFault } from "./run-fault";
import { topologyOf } from "../shared/topology";
import { buildWithoutDefence } from "./build-without-defence";

const USAGE = `make faults: runs faults under load and audits every message.

  node --import tsx bench/faults/run.ts [name ...] [--list] [--without defence] [--output folder]

Writes docs/reliability.md, .json and .svg, or into --output. With names, only those rows are replaced. Results of a build without a
defence are written only with --output.
Exits with 1 if a message was lost or duplicated, or another check failed.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      list: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      without: { type: "string" },
      output: { type: "string" },
    },
  });
  if (values.help) return console.log(USAGE);
  if (values.list) return console.log(FAULTS.map(({ name, what }) => `${name}: ${what}`).join("\n"));
  const faults = positionals.length === 0 ? FAULTS : positionals.map(find);
  const built = imageOf(join(ROOT, "app/dist/image"));
  const altered =
    values.without === undefined ? { image: built } : await buildWithoutDefence(findDefence(values.without), built);
  const client = await loadClient(altered.clientBundle);
  const folder = values.output ?? (values.without === undefined ? join(ROOT, "docs") : undefined);
  const outcomes: Outcome[] = [];
  for (const fault of faults) {
    const outcome = await runFault(fault, { topology: topologyOf(fault.pattern), image: altered.image, client });
    outcomes.push(outcome);
    console.log(line(outcome));
    // Write after each row, so that an interrupted run keeps its results.
    if (folder !== undefined) write(folder, mergeWithPrevious(folder, outcomes));
  }
  if (outcomes.some(({ clean }) => !clean)) process.exitCode = 1;
}

function line(outcome: Outcome): string {
  const { fault, clean, acknowledged, lost, duplicated, recovered, delivery, recoveryMs } = outcome;
  const figures = [
    `${acknowledged} acked`,
    `${lost} lost`,
    `${duplicated} duplicated`,
    `${recovered} recovered`,
    `delivery p50 ${delivery?.p50Ms.toFixed(0)} ms, p99 ${delivery?.p99Ms.toFixed(0)} ms`,
    `recovered after ${(recoveryMs / 1000).toFixed(1)} s`,
  ];
  figures.push(...(outcome.figures ?? []).map(({ what, gotMs }) => `${what}: ${(gotMs / 1000).toFixed(1)} s`));
  return `${clean ? "ok " : "RED"} ${fault}: ${figures.join(", ")}${clean ? "" : `: ${describeProblems(outcome).join(", ")}`}`;
}

function readConditions(): Conditions {
  return {
    command: "make faults",
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    kernel: release(),
    node: programNodeVersion(),
    ratePerSec: CROWD.ratePerSec,
    clients: CROWD.visitors + CROWD.agents,
  };
}

/** Keeps earlier results of faults that still exist, in the order of the matrix. */
function mergeWithPrevious(folder: string, outcomes: readonly Outcome[]): Outcome[] {
  const file = join(folder, "reliability.json");
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { outcomes: Outcome[] }).outcomes : [];
  const rows = new Map([...before, ...outcomes].map((outcome) => [outcome.fault, outcome]));
  return FAULTS.flatMap(({ name }) => rows.get(name) ?? []);
}

function write(folder: string, outcomes: readonly Outcome[]): void {
  mkdirSync(folder, { recursive: true });
  // One row per line, so that a repeated row is one line of a diff.
  const rows = outcomes.map((outcome) => JSON.stringify(outcome, rounded)).join(",\n");
  const head = JSON.stringify(readConditions()).slice(0, -1);
  writeFileSync(join(folder, "reliability.json"), `${head},"outcomes":[\n${rows}\n]}\n`);
  const run = new Set(outcomes.map(({ fault }) => fault));
  const notRun = FAULTS.filter(({ name }) => !run.has(name)).map(({ name }) => name);
  writeFileSync(join(folder, "reliability.md"), markdown(outcomes, readConditions(), notRun));
  writeFileSync(join(folder, "reliability.svg"), latencyChart(outcomes));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
