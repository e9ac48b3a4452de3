import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { withoutForeign } from "../simulator/environment";
import { findTerraform } from "../simulator/find-terraform";
import { Terraform } from "../simulator/terraform";
import { TwinError } from "./errors";
import { type AppliedState } from "./topology/applied-state";
import { readTopology } from "./topology/read-topology";
import { type Topology } from "./topology/topology";

const STATE = "terraform.tfstate";
const SUMMARY = "summary.json";

/** Where `make up` leaves its workspaces. */
export const SIMULATOR_ROOT = ".simulator";

/** Written at the end of each `make up`. */
export function summaryFile(root: string): string {
  return join(root, SUMMARY);
}

/**
 * What `make up` applied for an environment, by Terraform's own reading of the state.
 *
 * @throws TwinError when it was not applied, or Terraform is missing
 */
export async function readApplied(root: string, environment: string): Promise<Topology> {
  const folder = join(root, stackOf(root, environment));
  const terraform = await findTerraform(process.env);
  if ("missing" in terraform) {
    const { what, looked, remedy } = terraform.missing;
    throw new TwinError(`${what} is needed. Looked: ${looked.join("; ")}. Get it: ${remedy}.`);
  }
  const env = { ...withoutForeign(process.env), CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
  const program = new Terraform({ program: terraform.found.path, folder, env, label: environment });
  return readTopology((await program.showState()) as AppliedState);
}

function stackOf(root: string, environment: string): string {
  const applied = existsSync(root) ? readdirSync(root).filter((name) => existsSync(join(root, name, STATE))) : [];
  const found = applied.find((name) => name === environment || name.endsWith(`-${environment}`));
  if (found === undefined) {
    const known = applied.length > 0 ? `Applied are ${applied.join(", ")}.` : "Nothing is applied.";
    throw new TwinError(`environment ${environment} is not applied on the simulator. ${known} Run \`make up\` first.`);
  }
  return found;
}
