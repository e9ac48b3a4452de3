import { join, resolve } from "node:path";
import { describeMissing } from "../programs/finding";
import { findProviderMirror } from "../terraform/find-provider-mirror";
import { findTerraform, type TerraformProgram } from "../terraform/find-terraform";
import { SimulatorError } from "./errors";
import { findPython, type PythonProgram } from "./find-python";

/** The programs that applying a stack to the simulator needs. */
export interface Programs {
  readonly terraform: TerraformProgram;
  readonly python: PythonProgram;
  /** A filesystem mirror with the AWS provider; undefined means the provider registry. */
  readonly providerMirror: string | undefined;
}

const PROJECT = resolve(__dirname, "..", "..");
const VENV = join(PROJECT, ".cache", "simulator", "venv");
const REQUIREMENTS = join(__dirname, "requirements.txt");

/** Finds Terraform, a Python with moto and a provider mirror. @throws SimulatorError that names everything that is missing */
export async function findPrograms(env: NodeJS.ProcessEnv = process.env, venv: string = VENV): Promise<Programs> {
  const [terraform, python] = await Promise.all([
    findTerraform(env),
    findPython({ env, venv, requirements: REQUIREMENTS }),
  ]);
  if ("missing" in terraform || "missing" in python) {
    const missing = [terraform, python].flatMap((finding) => ("missing" in finding ? [finding.missing] : []));
    throw new SimulatorError(describeMissing(missing));
  }
  return { terraform: terraform.found, python: python.found, providerMirror: findProviderMirror(env) };
}
