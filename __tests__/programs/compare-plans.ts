/**
 * Rewrites the plans that `make compare` compares, for a reviewed change: plans the profile `small` on each pattern on the simulator.
 * `node --import tsx __tests__/programs/compare-plans.ts [fargate | app-runner ...]`, all of them without arguments
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PLANS } from "../../tools/compare/compare";
import { planOnSimulator } from "../../tools/cost/plan-on-simulator";
import { PATTERNS } from "../helpers/pattern-environment";
import { removeRun, runProgram } from "../helpers/run-program";
import { reducePlan } from "../tools/cost/reduce-plan";

/** The stack of each pattern, by the program that synthesizes it. */
const STACKS: readonly (readonly [pattern: string, program: string, stack: string])[] = [
  ["fargate", "__tests__/programs/profiles.ts", "messenger-crm-small"],
  ...PATTERNS.map((pattern) => [pattern, "__tests__/programs/patterns.ts", `messenger-crm-${pattern}`] as const),
];

async function write(pattern: string, program: string, stack: string): Promise<void> {
  const run = runProgram(program, { STATE_BACKEND: "local" });
  try {
    if (run.status !== 0) throw new Error(run.stderr);
    const { plan } = await planOnSimulator(run.outdir, stack, join(run.outdir, "../plans"));
    mkdirSync(PLANS, { recursive: true });
    writeFileSync(join(PLANS, `${pattern}.plan.json`), `${JSON.stringify(reducePlan(plan.json), undefined, 2)}\n`);
  } finally {
    removeRun(run);
  }
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  for (const [pattern, program, stack] of STACKS) {
    if (asked.length === 0 || asked.includes(pattern)) await write(pattern, program, stack);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
