import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Json } from "../terraform/json";
import { listStacks, STACK_FILE, stackFolder } from "../terraform/stacks";
import { SimulatorError } from "./errors";

/** Where `make up` keeps a workspace for each stack, and its summary. */
export const SIMULATOR_ROOT = ".simulator";
export const STATE_FILE = "terraform.tfstate";

/** `make up` writes this file last, so that it changes exactly once a run. */
export function summaryFile(root: string): string {
  return join(root, "summary.json");
}

/** Where the Terraform and AWS configuration that all workspaces share is written. */
export function configurationFolder(root: string): string {
  return join(root, ".config");
}

const ASSETS = "assets";
/** Keeps the state beside the copy, whatever backend the stack names. Terraform merges `*_override` files itself. */
const LOCAL_BACKEND = { terraform: { backend: { local: { path: STATE_FILE } } } };

/** A folder in which Terraform runs on an unchanged copy of one synthesized stack. */
export interface Workspace {
  readonly name: string;
  /** The folder that the stack was synthesized to. */
  readonly source: string;
  readonly folder: string;
  readonly stateFile: string;
  readonly stack: Json;
}

/** Copies a stack byte for byte to `<root>/<name>/` and removes the state of an earlier run. @throws SimulatorError without such a stack */
export function prepareWorkspace(out: string, name: string, root: string): Workspace {
  const source = stackFolder(out, name);
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
  return { name, source, folder, stateFile: join(folder, STATE_FILE), stack };
}
