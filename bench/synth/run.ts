import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { machine, rounded } from "../shared/machine";
import { programResults, ratios, verdicts } from "./comparison";
import { growthPrograms, readGrowth } from "./growth";
import { interleave, type Program } from "./measure";
import { AWS_CDK_FOLDER, preparePrograms, ROOT } from "./programs";
import { report } from "./report";

/** With fewer rounds the median is unreliable. */
const MIN_ROUNDS = 5;

interface Options {
  readonly rounds: number;
  readonly output: string;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: { rounds: { type: "string", default: "7" }, baseline: { type: "boolean", default: false } },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < MIN_ROUNDS) {
    throw new Error(`--rounds: expected a whole number of at least ${MIN_ROUNDS}, got ${values.rounds}.`);
  }
  return { rounds, output: join(__dirname, "results", values.baseline ? "baseline.json" : "latest.local.json") };
}

function measure(what: string, programs: readonly Program[], rounds: number) {
  const onRound = (round: number) => {
    const name = round < 0 ? "warm-up" : `round ${round + 1} of ${rounds}`;
    process.stderr.write(`${what}: ${name}\n`);
  };
  return interleave(programs, { warmUps: 1, rounds, onRound });
}

function versionOf(folder: string, name: string): string {
  const file = join(folder, "node_modules", name, "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

function surroundings(rounds: number) {
  return {
    machine: machine(),
    versions: {
      node: process.versions.node,
      tsx: versionOf(ROOT, "tsx"),
      cdktf: versionOf(ROOT, "cdktf"),
      "@cdktf/provider-aws": versionOf(ROOT, "@cdktf/provider-aws"),
      "aws-cdk-lib": versionOf(AWS_CDK_FOLDER, "aws-cdk-lib"),
    },
    rounds,
  };
}

async function main(): Promise<void> {
  const { rounds, output } = readOptions();
  if (!existsSync(join(AWS_CDK_FOLDER, "node_modules"))) {
    throw new Error(
      "The AWS CDK program is not installed: run `make bench-synth`, or `npm ci` in bench/synth/aws-cdk.",
    );
  }
  const { programs, resources } = await preparePrograms();
  const samples = measure("comparison", programs, rounds);
  const growth = readGrowth(measure("growth", growthPrograms(), rounds));

  const results = programResults(samples, resources);
  const measured = ratios(samples, results);
  const judged = verdicts(measured, growth);

  mkdirSync(dirname(output), { recursive: true });
  const json = { ...surroundings(rounds), programs: results, ratios: measured, growth, verdicts: judged };
  writeFileSync(output, `${JSON.stringify(json, rounded, 2)}\n`);
  console.log(report(results, measured, growth, judged));
  console.log(`Written to ${relative(ROOT, output)}`);
  if (judged.some(({ met }) => !met)) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
