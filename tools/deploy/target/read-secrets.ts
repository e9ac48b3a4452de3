import { at, type Json } from "../../terraform/json";
import { type TaskSecret } from "./target";

export interface SecretContainer {
  readonly name: string;
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
}

/** Lists the secrets that the containers get as environment variables, each variable once. */
export function readSecrets(
  stack: Json,
  containers: readonly SecretContainer[],
  resolve: (text: string) => string,
): TaskSecret[] {
  const all = containers.flatMap(({ secrets = [] }) => secrets);
  const found = new Map(all.map(({ name, valueFrom }) => [name, secretOf(stack, name, valueFrom, resolve)]));
  return [...found.values()].sort((a, b) => (a.variable < b.variable ? -1 : 1));
}

function secretOf(stack: Json, variable: string, valueFrom: string, resolve: (text: string) => string): TaskSecret {
  const version = named(stack, "aws_secretsmanager_secret_version", valueFrom);
  const secret = named(stack, "aws_secretsmanager_secret", textAt(version, "secret_id") ?? valueFrom);
  const name = textAt(secret, "name");
  if (name !== undefined) {
    const password = named(stack, "aws_secretsmanager_random_password", textAt(version, "secret_string_wo") ?? "");
    const length = at(password, "password_length");
    const kind = password === undefined ? "external" : "generated";
    return { variable, kind, secretId: resolve(name), length: typeof length === "number" ? length : undefined };
  }
  if (valueFrom.includes("master_user_secret")) {
    return { variable, kind: "managed", secretId: undefined, length: undefined };
  }
  // An ARN may be followed by a JSON key, a stage and a version. Source: ECS API reference, Secret.valueFrom.
  const arn = /^arn:[\w-]+:secretsmanager:[^:]*:\d*:secret:[^:]+/.exec(valueFrom)?.[0];
  return { variable, kind: arn === undefined ? "parameter" : "external", secretId: arn, length: undefined };
}

/** The resource, ephemeral or managed, that an expression refers to. */
function named(stack: Json, type: string, expression: string): Json | undefined {
  const name = new RegExp(`\\b${type}\\.([\\w-]+)\\.`).exec(expression)?.[1];
  return name === undefined ? undefined : (at(stack, "resource", type, name) ?? at(stack, "ephemeral", type, name));
}

function textAt(value: Json | undefined, key: string): string | undefined {
  const found = at(value, key);
  return typeof found === "string" ? found : undefined;
}
