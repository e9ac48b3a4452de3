import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { TerraformError } from "./errors";

/** The file that CDKTF writes for each stack. */
export const STACK_FILE = "cdk.tf.json";

/** The folder of a stack in a synth output folder. */
export function stackFolder(out: string, name: string): string {
  return join(out, "stacks", name);
}

/** Lists the stacks in a synth output folder, `-registry` stacks first, then by name. @throws TerraformError when there is none */
export function listStacks(out: string): string[] {
  const folder = join(out, "stacks");
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const stacks = names.filter((name) => existsSync(join(folder, name, STACK_FILE)));
  if (stacks.length === 0) {
    throw new TerraformError(
      `${folder}: expected at least one stack (<name>/${STACK_FILE}), found none. Run the synth first.`,
    );
  }
  return stacks.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function rank(name: string): number {
  return name.endsWith("-registry") ? 0 : 1;
}

/** Tells whether a stack is meant by a name on the command line: its own, or its environment's (`dev`). */
export function isNamed(stack: string, name: string): boolean {
  return stack === name || stack.endsWith(`-${name}`);
}
