/**
 * Rewrites the plan fixtures of the cost tests, for a reviewed change: plans environments and profiles on the simulator.
 * `node --import tsx __tests__/programs/cost-fixtures.ts [dev | prod | small | standard | enterprise ...]`, all of them without arguments
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROFILE_NAMES } from "../../environments/profiles";
import { planOnSimulator } from "../../tools/cost/plan-on-simulator";
import { removeRun, runProgram } from "../helpers/run-program";
import { reducePlan } from "../tools/cost/reduce-plan";

const PROGRAMS = { "main.ts": ["dev", "prod"], "__tests__/programs/profiles.ts": PROFILE_NAMES } as const;

async function write(program: string, names: readonly string[]): Promise<void> {
  const run = runProgram(program, { STATE_BACKEND: "local" });
  try {
    if (run.status !== 0) throw new Error(run.stderr);
    for (const name of names) {
      const { plan } = await planOnSimulator(run.outdir, `messenger-crm-${name}`, join(run.outdir, "../plans"));
      const file = join(__dirname, `../tools/cost/fixtures/${name}.plan.json`);
      writeFileSync(file, `${JSON.stringify(reducePlan(plan.json), undefined, 2)}\n`);
    }
  } finally {
    removeRun(run);
  }
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  for (const [program, all] of Object.entries(PROGRAMS)) {
    const names = all.filter((name) => asked.length === 0 || asked.includes(name));
    if (names.length > 0) await write(program, names);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
