import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { writeCliConfiguration } from "../terraform/cli-configuration";

/** The simulator accepts any credentials, so these are not a secret. */
const CREDENTIAL = "testing";

export interface AwsEnvironment {
  /** The simulator's URL, such as http://127.0.0.1:40123. */
  readonly endpoint: string;
  readonly region: string;
}

/**
 * Returns the environment variables that send Terraform and the AWS SDKs to the simulator and keep them away from the user's own
 * AWS configuration. Writes an empty AWS configuration and a Terraform CLI configuration into `folder`, which several stacks may
 * share.
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
    TF_CLI_CONFIG_FILE: writeCliConfiguration(home, mirror),
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
    NO_PROXY: "127.0.0.1,localhost",
    no_proxy: "127.0.0.1,localhost",
  };
}

/** Renders variables as shell lines for `eval`. */
export function exportLines(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`)
    .join("\n");
}
