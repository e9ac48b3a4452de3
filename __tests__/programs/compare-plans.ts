/**
 * Rewrites the plans that `make compare` compares, for a reviewed change: plans the profile `small` on each pattern on the simulator.
 * `node --import tsx __tests__/programs/compare-plans.ts [fargate | ec2 | app-runner ...]`, all of them without arguments
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PLANS } from "../../tools/compare/compare";
import { type Settings } from "../../tools/compare/pattern";
import { planOnSimulator } from "../../tools/cost/plan-on-simulator";
import { COMPARED } from "../helpers/compared-environments";
import { removeRun, runProgram } from "../helpers/run-program";
import { reducePlan } from "../tools/cost/reduce-plan";

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const run = runProgram("__tests__/programs/compared.ts", { STATE_BACKEND: "local" });
  try {
    if (run.status !== 0) throw new Error(run.stderr);
    mkdirSync(PLANS, { recursive: true });
    for (const [pattern, { service }] of Object.entries(COMPARED)) {
      if (asked.length > 0 && !asked.includes(pattern)) continue;
      const { plan } = await planOnSimulator(run.outdir, `messenger-crm-${pattern}`, join(run.outdir, "../plans"));
      const settings: Settings = service ?? {};
      const text = JSON.stringify({ settings, ...reducePlan(plan.json) }, undefined, 2);
      writeFileSync(join(PLANS, `${pattern}.plan.json`), `${text}\n`);
    }
  } finally {
    removeRun(run);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
