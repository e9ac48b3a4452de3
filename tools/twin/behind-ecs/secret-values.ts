import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type ContainerDefinition } from "./claimed-service";
import { CREDENTIALS } from "./credentials";

/** A whole secret. What a key or a version is chosen of, or a parameter, keeps the twin's own value. */
const SECRET = /^arn:[\w-]+:secretsmanager:([\w-]+):\d+:secret:[^:]+$/;

/**
 * Reads the values of the secrets that containers get, by ARN, as ECS does when a task starts. A secret without a value is left out.
 * @param endpoint URL of the simulator
 */
export async function readSecretValues(
  endpoint: string,
  definitions: readonly ContainerDefinition[],
): Promise<Readonly<Record<string, string>>> {
  const arns = new Set(definitions.flatMap(({ secrets = [] }) => secrets.map(({ valueFrom }) => valueFrom)));
  const values: Record<string, string> = {};
  for (const arn of arns) {
    const [, region] = SECRET.exec(arn) ?? [];
    if (region === undefined) continue;
    const client = new SecretsManagerClient({ endpoint, region, credentials: CREDENTIALS });
    const value = await client.send(new GetSecretValueCommand({ SecretId: arn })).catch(missing);
    client.destroy();
    if (value?.SecretString !== undefined) values[arn] = value.SecretString;
  }
  return values;
}

function missing(error: unknown): undefined {
  if (error instanceof Error && error.name === "ResourceNotFoundException") return undefined;
  throw error;
}
