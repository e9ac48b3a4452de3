import { randomUUID } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { providersIn } from "./find-provider-mirror";

/** moto knows no real account, so any pair of credentials signs. These are no secret. */
const CREDENTIAL = "testing";

export interface AwsEnvironment {
  /** The simulator's URL, such as http://127.0.0.1:40123. */
  readonly endpoint: string;
  readonly region: string;
}

/**
 * Variables that a user may have set for real work and that must not reach a simulation; values of a stack's own variables (TF_VAR_…) are
 * part of what is simulated.
 */
const FOREIGN = /^(AWS_|TF_(?!VAR_))/;

/** The process environment without anything that tells AWS's or Terraform's programs where to work, such as profiles and session tokens. */
export function withoutForeign(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !FOREIGN.test(name)));
}

/**
 * The variables that send Terraform and the AWS SDKs to the simulator and keep them away from the user's own AWS
 * configuration. Writes an empty AWS configuration and a Terraform CLI configuration into `folder`, which several stacks
 * may share.
 */
export function simulatorVariables(
  aws: AwsEnvironment,
  folder: string,
  mirror: string | undefined,
): Record<string, string> {
  const home = resolve(folder);
  mkdirSync(home, { recursive: true });
  const empty = join(home, "empty-aws-config");
  writeFileSync(empty, "");
  return {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: CREDENTIAL,
    AWS_SECRET_ACCESS_KEY: CREDENTIAL,
    AWS_REGION: aws.region,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: empty,
    AWS_SHARED_CREDENTIALS_FILE: empty,
    TF_CLI_CONFIG_FILE: writeCliConfig(home, mirror),
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
    NO_PROXY: "127.0.0.1,localhost",
    no_proxy: "127.0.0.1,localhost",
  };
}

function writeCliConfig(folder: string, mirror: string | undefined): string {
  const file = join(folder, "terraform.rc");
  // Stacks that run side by side share the folder: another one's Terraform must never read a half-written file.
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, mirror === undefined ? registryConfig(join(folder, "plugins")) : mirrorConfig(mirror));
  renameSync(draft, file);
  return file;
}

function mirrorConfig(mirror: string): string {
  const providers = JSON.stringify(providersIn(mirror));
  return `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ${providers}
  }
  direct {
    exclude = ${providers}
  }
}
`;
}

/** Without a mirror the provider is downloaded, once for all stacks. */
function registryConfig(cache: string): string {
  mkdirSync(cache, { recursive: true });
  return `plugin_cache_dir = ${JSON.stringify(cache)}
plugin_cache_may_break_dependency_lock_file = true
`;
}

/** Shell lines that a user can `eval`. */
export function exportLines(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`)
    .join("\n");
}
