import { run } from "../programs/child-process";
import { isolatedEnvironment } from "./environment";
import { type Finding } from "../programs/finding";
import { isExecutable, onPath } from "../programs/search-path";

export interface TerraformProgram {
  readonly path: string;
  readonly version: string;
}

/** Write-only arguments (`secret_string_wo`) need Terraform 1.11. */
const LEAST_MINOR = 11;
const WHAT = `terraform >= 1.${LEAST_MINOR}`;
const REMEDY = `install Terraform 1.${LEAST_MINOR} or newer and put it on PATH, or set TERRAFORM_BIN to the program`;

/** Finds a Terraform that is new enough: TERRAFORM_BIN when set, else the first on PATH. */
export async function findTerraform(env: NodeJS.ProcessEnv): Promise<Finding<TerraformProgram>> {
  const override = env["TERRAFORM_BIN"];
  const candidates = override ? [override] : onPath("terraform", env);
  const looked: string[] = override ? [] : ["TERRAFORM_BIN is not set"];
  for (const path of candidates) {
    const place = override ? `TERRAFORM_BIN=${path}` : path;
    const version = isExecutable(path) ? await versionOf(path, env) : undefined;
    if (version === undefined) {
      looked.push(`${place} is not a Terraform that runs`);
    } else if (!isNewEnough(version)) {
      looked.push(`${place} is Terraform ${version}`);
    } else {
      return { found: { path, version } };
    }
  }
  if (!override) {
    looked.push(candidates.length === 0 ? "PATH has no terraform" : "PATH has no other terraform");
  }
  return { missing: { what: WHAT, looked, remedy: REMEDY } };
}

async function versionOf(path: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    // A TF_CLI_CONFIG_FILE that names a missing file would add a warning to standard output, which must be JSON.
    const clean = { ...isolatedEnvironment(env), CHECKPOINT_DISABLE: "1" };
    const { stdout } = await run(path, ["version", "-json"], { env: clean });
    return (JSON.parse(stdout) as { terraform_version?: string }).terraform_version;
  } catch {
    return undefined;
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 1 || (major === 1 && minor >= LEAST_MINOR);
}
