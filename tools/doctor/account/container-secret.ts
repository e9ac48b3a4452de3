import { DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import { type DoctorClients } from "../clients";
import { ask, askIfPresent } from "./ask";

/** A secret or parameter that ECS gives a container, without its value. */
export interface ContainerSecret {
  readonly variable: string;
  readonly valueFrom: string;
  readonly state: SecretState;
}

export type SecretState =
  | { readonly kind: "present"; readonly keyId: string | undefined }
  | { readonly kind: "missing"; readonly what: "secret" | "parameter" }
  | { readonly kind: "empty" }
  | { readonly kind: "being deleted"; readonly since: Date };

interface Reference {
  readonly variable: string;
  readonly valueFrom: string;
}

type Clients = Pick<DoctorClients, "secrets" | "ssm">;

/** Reads whether a container's secret can be fetched. `valueFrom` is as ECS takes it: an ARN, or the name of a parameter. */
export async function readContainerSecret(clients: Clients, reference: Reference): Promise<ContainerSecret> {
  const state = isSecret(reference.valueFrom)
    ? await readSecret(clients, reference.valueFrom)
    : await readParameter(clients, reference.valueFrom);
  return { ...reference, state };
}

export function isSecret(valueFrom: string): boolean {
  return valueFrom.split(":")[2] === "secretsmanager";
}

/** `valueFrom` may end in a JSON key, version stage and version id. Source: ECS developer guide, "Passing secrets". */
export function secretArn(valueFrom: string): string {
  return valueFrom.split(":").slice(0, 7).join(":");
}

async function readSecret({ secrets }: Clients, valueFrom: string): Promise<SecretState> {
  const query = new DescribeSecretCommand({ SecretId: secretArn(valueFrom) });
  const found = await askIfPresent("secretsmanager:DescribeSecret", ["ResourceNotFoundException"], secrets.send(query));
  if (found === undefined) return { kind: "missing", what: "secret" };
  if (found.DeletedDate !== undefined) return { kind: "being deleted", since: found.DeletedDate };
  const stages = Object.values(found.VersionIdsToStages ?? {}).flat();
  return stages.includes("AWSCURRENT") ? { kind: "present", keyId: found.KmsKeyId } : { kind: "empty" };
}

async function readParameter({ ssm }: Clients, valueFrom: string): Promise<SecretState> {
  const name = valueFrom.startsWith("arn:") ? valueFrom.split(":parameter")[1]! : valueFrom;
  const names = [...new Set([name, name.replace(/^\/(?=[^/]+$)/, "")])];
  const query = new DescribeParametersCommand({ ParameterFilters: [{ Key: "Name", Option: "Equals", Values: names }] });
  const { Parameters = [] } = await ask("ssm:DescribeParameters", ssm.send(query));
  const [found] = Parameters;
  return found === undefined ? { kind: "missing", what: "parameter" } : { kind: "present", keyId: found.KeyId };
}
