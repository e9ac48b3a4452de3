import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { machine, rounded } from "../shared/machine";
import { ROOT } from "../shared/bundle";
import { bundlePrograms, BackingServices, TICKET_SECRET } from "./servers";
import { measureImage } from "./image";
import { type ServerKind } from "./job";
import { type Load, measure, type Sample } from "./measure";
import { markdown, report, type Result } from "./report";
import { rowsOf, verdictsOf } from "./verdicts";

/** With fewer rounds the median is unreliable. */
const MIN_ROUNDS = 5;

/** Low enough that two cores are not saturated by servers, database, Redis and load process together. */
const LOAD: Load = { ratePerSec: 400, seconds: 5, connections: 1000, atOnce: 20 };

const RESULTS = join(__dirname, "results");
const MEASURED = ["socket.io", "@socket.io/redis-adapter", "redis", "pg", "next"] as const;

function readOptions(): { readonly rounds: number; readonly name: string } {
  const { values } = parseArgs({
    options: { rounds: { type: "string", default: "5" }, baseline: { type: "boolean", default: false } },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < MIN_ROUNDS) {
    throw new Error(`--rounds: expected a whole number of at least ${MIN_ROUNDS}, got ${values.rounds}.`);
  }
  return { rounds, name: values.baseline ? "baseline" : "latest.local" };
}

/** Measures both servers in each round and alternates which is first. */
async function interleave(services: BackingServices, rounds: number): Promise<Record<ServerKind, Sample[]>> {
  const samples: Record<ServerKind, Sample[]> = { app: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
    const order: readonly ServerKind[] = round % 2 === 0 ? ["app", "bare"] : ["bare", "app"];
    for (const serverKind of order) {
      const sample = await measure(serverKind, services, LOAD, TICKET_SECRET);
      samples[serverKind].push(sample);
      process.stderr.write(`  ${serverKind}: ${JSON.stringify(sample, rounded)}\n`);
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
  const services = await BackingServices.start();
  try {
    const image = await measureImage(services, TICKET_SECRET);
    const samples = await interleave(services, rounds);
    const rows = rowsOf(samples.app, samples.bare);
    const result: Result = { rows, image, verdicts: verdictsOf(rows, image) };
    write(name, rounds, result);
    console.log(report(result));
    if (result.verdicts.some(({ met }) => !met)) process.exitCode = 1;
  } finally {
    await services.close();
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
