import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { imageOf } from "../../tools/twin/tasks/image";
import { programNodeVersion } from "../../tools/twin/tasks/program-path";
import { ROOT } from "../shared/bundle";
import { machine, rounded } from "../shared/machine";
import { measure, type LoadPlan } from "./measure";
import { latencyChart, report, verdictOf } from "./report";

const USAGE = `make load: measures how much load two tasks of the applied dev topology can take, on the local twin.

  node --import tsx bench/load/run.ts [--quick] [--baseline]

--quick     takes one minute instead of ten: fewer connections, shorter steps
--baseline  writes the committed result, which \`make capacity\` reads

Exits with 1 if an acknowledged message was lost, or one was not delivered to every member while the service kept up.`;

/** Autoscaling allows 2,000 connections on the two tasks of dev. */
const WHOLE: LoadPlan = {
  connections: [500, 1000, 2000],
  beyond: [4000, 8000],
  holdMs: 30_000,
  warmUpSec: 40,
  from: 50,
  trialSec: 15,
  halvings: 3,
  sustainedSec: 150,
};
const QUICK: LoadPlan = {
  connections: [400],
  beyond: [],
  holdMs: 2000,
  warmUpSec: 5,
  from: 100,
  trialSec: 3,
  halvings: 1,
  sustainedSec: 10,
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      baseline: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  if (values.quick && values.baseline) throw new Error("--baseline: expected a full run, got --quick.");
  const image = imageOf(join(ROOT, "app/dist/image"));
  const result = await measure(image, values.quick ? QUICK : WHOLE, (line) => process.stderr.write(`${line}\n`));
  const folder = join(__dirname, "results");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, values.baseline ? "baseline.json" : "latest.local.json");
  writeFileSync(file, `${JSON.stringify({ machine: machine(), node: programNodeVersion(), ...result }, rounded, 2)}\n`);
  const page = report(result, machine());
  if (values.baseline) {
    writeFileSync(join(folder, "baseline.md"), page);
    writeFileSync(join(folder, "latency.svg"), latencyChart(result));
  }
  console.log(page);
  console.log(`Written to ${relative(ROOT, file)}`);
  const problem = verdictOf(result);
  if (problem !== undefined) throw new Error(problem);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
