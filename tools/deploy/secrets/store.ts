import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { AwsError, awsErrorInWords } from "../../aws/errors";
import { DeployError } from "../errors";

/**
 * How far a rotation is. `settled`: one value. `accepting`: the old value signs, the new one is accepted. `signing`: the new value signs, the
 * old one is accepted.
 */
export type Phase = "settled" | "accepting" | "signing";

/** Staging labels of the current version, by which an interrupted rotation is continued. AWS moves a label that another version has. */
const LABELS = { accepting: "ROTATION_ACCEPTING", signing: "ROTATION_SIGNING" } as const;
const CURRENT = "AWSCURRENT";
const SEPARATOR = ",";

export interface SecretState {
  /** Missing until somebody has put a value. */
  readonly phase: Phase | undefined;
  readonly changedAt: Date | undefined;
}

/** Reads a secret's state, without its value. Returns `undefined` when the secret does not exist, or is being deleted. */
export async function readState(client: SecretsManagerClient, SecretId: string): Promise<SecretState | undefined> {
  const found = await client.send(new DescribeSecretCommand({ SecretId })).catch((error: unknown) => {
    if (error instanceof Error && error.name === "ResourceNotFoundException") return undefined;
    throw error;
  });
  if (found === undefined || found.DeletedDate !== undefined) return undefined;
  const labels = Object.values(found.VersionIdsToStages ?? {}).find((each) => each.includes(CURRENT));
  return { phase: labels && phaseOf(labels), changedAt: found.LastChangedDate };
}

function phaseOf(labels: readonly string[]): Phase {
  if (labels.includes(LABELS.signing)) return "signing";
  return labels.includes(LABELS.accepting) ? "accepting" : "settled";
}

/** The current values of a secret, the one that signs first. They must never be printed. */
export interface CurrentValues {
  readonly values: readonly string[];
  readonly versionId: string;
}

export async function readValues(client: SecretsManagerClient, SecretId: string): Promise<CurrentValues> {
  const { SecretString, VersionId = "" } = await client.send(new GetSecretValueCommand({ SecretId }));
  if (SecretString === undefined) throw new DeployError(`${SecretId}: expected a text, got binary data.`);
  return { values: SecretString.split(SEPARATOR), versionId: VersionId };
}

/** Makes values the current ones and returns the id of their version. @throws AwsError without the values in its text */
export async function writeValues(
  client: SecretsManagerClient,
  SecretId: string,
  { values, phase }: { readonly values: readonly string[]; readonly phase: Phase },
): Promise<string> {
  const VersionStages = [CURRENT, ...(phase === "settled" ? [] : [LABELS[phase]])];
  const put = { SecretId, SecretString: values.join(SEPARATOR), VersionStages };
  const { VersionId = "" } = await client.send(new PutSecretValueCommand(put)).catch((error: unknown) => {
    throw withoutValues(error, values);
  });
  return VersionId;
}

/** AWS's errors may quote what they refuse, also in their stack and response, so that only the text is kept. */
function withoutValues(error: unknown, values: readonly string[]): AwsError {
  const known = awsErrorInWords(error);
  const text = known instanceof Error ? known.message : String(known);
  return new AwsError(values.reduce((safe, value) => safe.replaceAll(value, "(the value)"), text));
}
