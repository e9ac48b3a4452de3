import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Json } from "../../tools/terraform/json";
import { removeRun, runProgram, stackFile } from "./run-program";

/** Programs that together synthesize every environment, profile, entrance and example. */
const PROGRAMS = [
  "main.ts",
  "__tests__/programs/ec2.ts",
  "__tests__/programs/entrances.ts",
  "__tests__/programs/patterns.ts",
  "__tests__/programs/profiles.ts",
  "__tests__/programs/every-policy.ts",
  ...readdirSync(join(__dirname, "../../examples"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `examples/${name}/main.ts`),
];

export interface SynthesizedStack {
  readonly name: string;
  readonly json: Json;
}

/** Synthesizes every stack of the repository, as Terraform reads it. */
export function everyStack(): readonly SynthesizedStack[] {
  return PROGRAMS.flatMap((program) => {
    const run = runProgram(program, { STATE_BACKEND: "local" });
    try {
      if (run.status !== 0) throw new Error(`${program}: ${run.stderr}`);
      return readdirSync(join(run.outdir, "stacks")).map((name) => ({
        name,
        json: JSON.parse(readFileSync(stackFile(run, name), "utf8")) as Json,
      }));
    } finally {
      removeRun(run);
    }
  });
}
