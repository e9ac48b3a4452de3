import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SimulatorError } from "./errors";
import { type Json } from "./synthesized";

const STACK_FILE = "cdk.tf.json";
const ASSETS = "assets";
const STATE = "terraform.tfstate";
/** Whatever backend a stack names, its simulated state stays beside its copy. Terraform merges *_override files itself. */
const LOCAL_BACKEND = { terraform: { backend: { local: { path: STATE } } } };

/** A folder in which Terraform runs on an unchanged copy of one synthesized stack. */
export interface Workspace {
  readonly name: string;
  /** The folder that the stack was synthesized to. */
  readonly source: string;
  readonly folder: string;
  readonly stateFile: string;
  readonly stack: Json;
}

/** The stacks below a synth output folder, `-registry` stacks first, then by name. */
export function listStacks(out: string): string[] {
  const folder = join(out, "stacks");
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const stacks = names.filter((name) => existsSync(join(folder, name, STACK_FILE)));
  if (stacks.length === 0) {
    throw new SimulatorError(
      `${folder}: expected at least one stack (<name>/${STACK_FILE}), found none. Run the synth first.`,
    );
  }
  return stacks.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function rank(name: string): number {
  return name.endsWith("-registry") ? 0 : 1;
}

/** Copies a stack byte for byte to `<root>/<name>/` and removes the state of an earlier run. */
export function prepareWorkspace(out: string, name: string, root: string): Workspace {
  const source = join(out, "stacks", name);
  const file = join(source, STACK_FILE);
  if (!existsSync(file)) {
    const known = listStacks(out).join(", ");
    throw new SimulatorError(`stack ${name}: expected ${file}, which does not exist. Known stacks: ${known}.`);
  }
  const folder = join(root, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(file, join(folder, STACK_FILE));
  if (existsSync(join(source, ASSETS))) {
    cpSync(join(source, ASSETS), join(folder, ASSETS), { recursive: true });
  }
  writeFileSync(join(folder, "simulator_override.tf.json"), JSON.stringify(LOCAL_BACKEND));
  const stack = JSON.parse(readFileSync(file, "utf8")) as Json;
  return { name, source, folder, stateFile: join(folder, STATE), stack };
}
