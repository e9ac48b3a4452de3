import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type StackVerdict } from "./verdict";

/** Writes each stack's verdict to `stacks/<name>/policies.json`, beside its Terraform JSON, for reviewers and tools. */
export function writeVerdicts(outdir: string, verdicts: readonly StackVerdict[]): void {
  for (const verdict of verdicts) {
    const folder = join(outdir, "stacks", verdict.stack);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "policies.json"), `${JSON.stringify(verdict, undefined, 2)}\n`);
  }
}
