/** Plans the environments on the simulator, and writes what bills read of them: for a reviewed change of the fixtures. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { planStack } from "../../tools/cost/plan-run";
import { removeRun, runProgram } from "../helpers/main-program";
import { reducePlan } from "../tools/cost/reduce-plan";

async function main(): Promise<void> {
  const run = runProgram("main.ts", { STATE_BACKEND: "local" });
  try {
    for (const environment of ["dev", "prod"]) {
      const { plan } = await planStack(run.outdir, `messenger-crm-${environment}`, join(run.outdir, "../plans"));
      const file = join(__dirname, `../tools/cost/fixtures/${environment}.plan.json`);
      writeFileSync(file, `${JSON.stringify(reducePlan(plan.shown), undefined, 2)}\n`);
    }
  } finally {
    removeRun(run);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
