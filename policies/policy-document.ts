import { blocksOf, isObject, type JsonObject, type Resource } from "./resource";

/** Returns the statements of an IAM policy in JSON, or none if they are known only at apply. */
export function statementsOf(resource: Resource, attribute: string): readonly JsonObject[] {
  const document = resource.json(attribute);
  return isObject(document) ? (blocksOf(document["Statement"]) ?? []) : [];
}

/** Returns the values of an element that may be one value or a list. */
export function entries(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** Whether the statement allows everyone without a condition. */
export function isPublic({ Effect: effect, Principal: principal, Condition: condition }: JsonObject): boolean {
  const everyone = principal === "*" || (isObject(principal) && entries(principal["AWS"]).includes("*"));
  return effect === "Allow" && everyone && condition === undefined;
}

/** Whether the statement denies requests that do not use TLS. */
export function deniesUnencrypted({ Effect: effect, Condition: condition }: JsonObject): boolean {
  if (effect !== "Deny" || !isObject(condition)) return false;
  const bool = condition["Bool"];
  return isObject(bool) && String(bool["aws:SecureTransport"]) === "false";
}
