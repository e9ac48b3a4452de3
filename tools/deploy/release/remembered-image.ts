import { GetParameterCommand, PutParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { type ImageParameter, type Target } from "../target/target";

/**
 * Returns what the parameter has to hold, so that Terraform's next plan runs the image while the environment names this release.
 * See docs/adr/0015-who-owns-the-image.md.
 * @param image reference in the environment's repository: `…/crm@sha256:…` or `…/crm:0.1.0`
 */
export function toRemember(
  { repositoryUrl, release }: Pick<Target, "repositoryUrl" | "release">,
  image: string,
): string {
  const suffix = image.slice(repositoryUrl.length);
  return suffix === `:${release}` ? release : `${release}${suffix}`;
}

/** Returns the image that Terraform's next plan runs, by what the parameter holds. */
export function imageOf({ repositoryUrl, release }: Target, remembered: string | undefined): string {
  const rest = remembered?.startsWith(release) ? remembered.slice(release.length) : "";
  return /^[:@]/.test(rest) ? `${repositoryUrl}${rest}` : `${repositoryUrl}:${release}`;
}

/** Reads the parameter; `undefined` before the first deployment and where a pipeline deploys. */
export async function readRemembered(ssm: SSMClient, { imageParameter }: Target): Promise<string | undefined> {
  if (imageParameter === undefined) return undefined;
  try {
    return (await ssm.send(new GetParameterCommand({ Name: imageParameter.name }))).Parameter?.Value;
  } catch (error) {
    if (error instanceof Error && error.name === "ParameterNotFound") return undefined;
    throw error;
  }
}

export async function writeRemembered(ssm: SSMClient, parameter: ImageParameter, value: string): Promise<void> {
  const { name: Name, description: Description, allowedPattern: AllowedPattern } = parameter;
  await ssm.send(
    new PutParameterCommand({ Name, Value: value, Type: "String", Overwrite: true, Description, AllowedPattern }),
  );
}
