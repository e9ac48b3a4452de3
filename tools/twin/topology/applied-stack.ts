import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describeMissing } from "../../programs/finding";
import { STATE_FILE } from "../../simulator/workspace";
import { isolatedEnvironment } from "../../terraform/environment";
import { findTerraform } from "../../terraform/find-terraform";
import { isNamed } from "../../terraform/stacks";
import { Terraform } from "../../terraform/terraform";
import { TwinError } from "../errors";
import { readTopology } from "./read-topology";
import { type Topology } from "./topology";

/**
 * Reads what `make up` applied for an environment, by `terraform show`.
 *
 * @param root the folder of the simulator's workspaces
 * @throws TwinError when it was not applied, or Terraform is missing
 */
export async function readApplied(root: string, environment: string): Promise<Topology> {
  const folder = join(root, stackOf(root, environment));
  const terraform = await findTerraform(process.env);
  if ("missing" in terraform) throw new TwinError(describeMissing([terraform.missing]));
  const env = { ...isolatedEnvironment(process.env), CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" };
  const program = new Terraform({ program: terraform.found.path, folder, env, label: environment });
  return readTopology(await program.showState());
}

function stackOf(root: string, environment: string): string {
  const applied = existsSync(root) ? readdirSync(root).filter((name) => existsSync(join(root, name, STATE_FILE))) : [];
  const found = applied.find((name) => isNamed(name, environment));
  if (found === undefined) {
    const known = applied.length > 0 ? `Applied: ${applied.join(", ")}.` : "Nothing is applied.";
    throw new TwinError(`environment ${environment} is not applied on the simulator. ${known} Run \`make up\` first.`);
  }
  return found;
}
