import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { machine, rounded } from "../machine";
import { ROOT } from "../bundle";
import { bundlePrograms, Surroundings, TICKET_SECRET } from "./contestants";
import { measureImage } from "./image";
import { type Contestant } from "./job";
import { type Load, measure, type Sample } from "./measure";
import { markdown, report, type Result } from "./report";
import { rowsOf, verdictsOf } from "./verdicts";

/** Fewer rounds leave the median to chance. */
const MIN_ROUNDS = 5;

/** Two cores hold servers, database, Redis and the load itself: at this pace none of them is full. */
const LOAD: Load = { ratePerSec: 400, seconds: 5, connections: 1000, atOnce: 20 };

const RESULTS = join(__dirname, "results");
const MEASURED = ["socket.io", "@socket.io/redis-adapter", "redis", "pg", "next"] as const;

function readOptions(): { readonly rounds: number; readonly name: string } {
  const { values } = parseArgs({
    options: { rounds: { type: "string", default: "5" }, baseline: { type: "boolean", default: false } },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < MIN_ROUNDS) {
    throw new Error(`--rounds: expected a whole number from ${MIN_ROUNDS} on, got ${values.rounds}.`);
  }
  return { rounds, name: values.baseline ? "baseline" : "latest.local" };
}

/** Each round has both, and each goes first in every other round. */
async function interleave(surroundings: Surroundings, rounds: number): Promise<Record<Contestant, Sample[]>> {
  const samples: Record<Contestant, Sample[]> = { app: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
    const order: readonly Contestant[] = round % 2 === 0 ? ["app", "bare"] : ["bare", "app"];
    for (const contestant of order) {
      const sample = await measure(contestant, surroundings, LOAD, TICKET_SECRET);
      samples[contestant].push(sample);
      process.stderr.write(`  ${contestant}: ${JSON.stringify(sample, rounded)}\n`);
    }
  }
  return samples;
}

function versions(): Record<string, string> {
  const of = (name: string): string => {
    const file = join(ROOT, "app/node_modules", name, "package.json");
    return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
  };
  return { node: process.versions.node, ...Object.fromEntries(MEASURED.map((name) => [name, of(name)])) };
}

async function main(): Promise<void> {
  const { rounds, name } = readOptions();
  await bundlePrograms();
  const surroundings = await Surroundings.start();
  try {
    const image = await measureImage(surroundings, TICKET_SECRET);
    const samples = await interleave(surroundings, rounds);
    const rows = rowsOf(samples.app, samples.bare);
    const result: Result = { rows, image, verdicts: verdictsOf(rows, image) };
    write(name, rounds, result);
    console.log(report(result));
    if (result.verdicts.some(({ met }) => !met)) process.exitCode = 1;
  } finally {
    await surroundings.close();
  }
}

function write(name: string, rounds: number, result: Result): void {
  mkdirSync(RESULTS, { recursive: true });
  const json = { machine: machine(), versions: versions(), rounds, load: LOAD, ...result };
  const file = join(RESULTS, `${name}.json`);
  writeFileSync(file, `${JSON.stringify(json, rounded, 2)}\n`);
  if (name === "baseline") writeFileSync(join(RESULTS, "baseline.md"), markdown(result, rounds));
  console.log(`Written to ${relative(ROOT, file)}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
