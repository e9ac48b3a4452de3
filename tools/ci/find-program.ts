import { findTerraform } from "../terraform/find-terraform";
import { CiError } from "./errors";

/** Returns the path of Terraform. @throws CiError saying what to install */
export async function terraformProgram(env: NodeJS.ProcessEnv): Promise<string> {
  const terraform = await findTerraform(env);
  if ("found" in terraform) return terraform.found.path;
  const { what, looked, remedy } = terraform.missing;
  throw new CiError(`expected ${what}, found none (${looked.join("; ")}). To continue, ${remedy}.`);
}

/** Terraform without questions and without advice on what to run next. */
export function terraformVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" };
}
