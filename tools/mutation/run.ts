import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type FileScore, type MutationReport, scoresOf, summaryTable, total } from "./score";

const PROJECT = resolve(__dirname, "..", "..");
/** An ES module in JavaScript, since the configurations of Stryker and jest import it too. */
const PARTS_FILE = join(__dirname, "parts.mjs");
const RESULTS = join(PROJECT, ".cache", "mutation");
/** Percentage of killed mutants below which the run fails. */
const LEAST_SCORE = 80;

/** Runs one part after the other, since each has tests of its own, and adds up their scores. */
async function main(chosen: readonly string[]): Promise<void> {
  const { PARTS } = (await import(PARTS_FILE)) as { PARTS: Readonly<Record<string, unknown>> };
  const parts = chosen.length > 0 ? chosen : Object.keys(PARTS);
  const scores: FileScore[] = [];
  for (const part of parts) {
    const { status } = spawnSync(join(PROJECT, "node_modules/.bin/stryker"), ["run"], {
      cwd: PROJECT,
      env: { ...process.env, MUTATION_PART: part },
      stdio: "inherit",
    });
    if (status !== 0) throw new Error(`the mutation run of ${part} ended with ${status}`);
    scores.push(...scoresOf(JSON.parse(readFileSync(join(RESULTS, part, "report.json"), "utf8")) as MutationReport));
  }
  const table = summaryTable(scores);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, "summary.md"), table);
  console.log(table);
  const { score } = total(scores);
  if (score < LEAST_SCORE)
    throw new Error(`${score.toFixed(1)} % of the mutants were killed, expected ${LEAST_SCORE} %`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
