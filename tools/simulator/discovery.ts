import { join, resolve } from "node:path";
import { SimulatorError } from "./errors";
import { findProviderMirror } from "./find-provider-mirror";
import { findPython, type PythonProgram } from "./find-python";
import { findTerraform, type TerraformProgram } from "./find-terraform";
import { describeMissing } from "./finding";

/** What a simulation runs on. */
export interface Programs {
  readonly terraform: TerraformProgram;
  readonly python: PythonProgram;
  /** A filesystem mirror with the AWS provider; undefined means the provider registry. */
  readonly providerMirror: string | undefined;
}

const PROJECT = resolve(__dirname, "..", "..");
const VENV = join(PROJECT, ".cache", "simulator", "venv");
const REQUIREMENTS = join(__dirname, "requirements.txt");

/** Finds every program that a simulation needs. Throws one SimulatorError that names all that are missing. */
export async function discover(env: NodeJS.ProcessEnv = process.env, venv: string = VENV): Promise<Programs> {
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
