import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { imageOf } from "../../tools/twin/tasks/image";
import { programNodeVersion } from "../../tools/twin/tasks/program-path";
import { rounded } from "../machine";
import { loadClient, ROOT } from "./app-packages";
import { FAULTS, find } from "./faults";
import { findDefence } from "./defences";
import { type Outcome } from "./outcome";
import { type Circumstances, faultsOf, markdown } from "./report/markdown";
import { latencyPicture } from "./report/svg";
import { CROWD, runFault } from "./run-fault";
import { topology } from "../topology";
import { without } from "./without";

const USAGE = `make faults: runs faults under load and audits what became of every message.

  node --import tsx bench/faults/run.ts [name ...] [--list] [--without defence] [--output folder]

It writes docs/reliability.md, .json and .svg, or into --output; with names it takes the place of those rows alone. A build without a
defence is not written down unless --output says where.
Exits 1 when anything was lost, duplicated, or otherwise not as it must be.`;

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
  const altered = values.without === undefined ? { image: built } : await without(findDefence(values.without), built);
  const client = await loadClient(altered.clientBundle);
  const folder = values.output ?? (values.without === undefined ? join(ROOT, "docs") : undefined);
  const outcomes: Outcome[] = [];
  for (const fault of faults) {
    const outcome = await runFault(fault, { topology, image: altered.image, client });
    outcomes.push(outcome);
    console.log(line(outcome));
    // Row by row: what was measured stays when the next one is interrupted.
    if (folder !== undefined) write(folder, merged(folder, outcomes));
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
    `back after ${(recoveryMs / 1000).toFixed(1)} s`,
  ];
  figures.push(...(outcome.figures ?? []).map(({ what, gotMs }) => `${what}: ${(gotMs / 1000).toFixed(1)} s`));
  return `${clean ? "ok " : "RED"} ${fault}: ${figures.join(", ")}${clean ? "" : `: ${faultsOf(outcome).join(", ")}`}`;
}

function circumstances(): Circumstances {
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

/** What was measured before stays, in the order of the matrix, as long as there is such a fault. */
function merged(folder: string, outcomes: readonly Outcome[]): Outcome[] {
  const file = join(folder, "reliability.json");
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { outcomes: Outcome[] }).outcomes : [];
  const rows = new Map([...before, ...outcomes].map((outcome) => [outcome.fault, outcome]));
  return FAULTS.flatMap(({ name }) => rows.get(name) ?? []);
}

function write(folder: string, outcomes: readonly Outcome[]): void {
  mkdirSync(folder, { recursive: true });
  // One row a line, so that a row which was run again is one line of the difference.
  const rows = outcomes.map((outcome) => JSON.stringify(outcome, rounded)).join(",\n");
  const head = JSON.stringify(circumstances()).slice(0, -1);
  writeFileSync(join(folder, "reliability.json"), `${head},"outcomes":[\n${rows}\n]}\n`);
  const run = new Set(outcomes.map(({ fault }) => fault));
  const notRun = FAULTS.filter(({ name }) => !run.has(name)).map(({ name }) => name);
  writeFileSync(join(folder, "reliability.md"), markdown(outcomes, circumstances(), notRun));
  writeFileSync(join(folder, "reliability.svg"), latencyPicture(outcomes));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
