import { blocksOf, isObject, type JsonObject, type Resource } from "./resource";

/** The statements of a policy in JSON; none when only Terraform will know them. */
export function statementsOf(resource: Resource, attribute: string): readonly JsonObject[] {
  const document = resource.json(attribute);
  return isObject(document) ? (blocksOf(document["Statement"]) ?? []) : [];
}

/** An entry that may be one text or a list of them. */
export function entries(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** Allows anybody, with no condition. */
export function isPublic({ Effect: effect, Principal: principal, Condition: condition }: JsonObject): boolean {
  const everybody = principal === "*" || (isObject(principal) && entries(principal["AWS"]).includes("*"));
  return effect === "Allow" && everybody && condition === undefined;
}

/** Denies every request that does not come over TLS. */
export function deniesClearText({ Effect: effect, Condition: condition }: JsonObject): boolean {
  if (effect !== "Deny" || !isObject(condition)) return false;
  const bool = condition["Bool"];
  return isObject(bool) && String(bool["aws:SecureTransport"]) === "false";
}
