import { isObject } from "../../resource";
import { Rule, type Finding } from "../../rule";
import { isTemplate } from "../../template-text";

const SECRET_KEY =
  /^(master_)?password$|^auth_token$|^secret_(string|binary)$|^passwords$|^private_key$|^secret_key$|^access_key$/;
/** An access key id, a PEM key, or a password within a URL. */
const SECRET_TEXT = /\b(AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|[a-z]+:\/\/[^/@\s"$:{}]+:[^/@\s"${}]+@/;

/** Quick to rule out, which is what nearly every text comes to. */
const MAY_BE_SECRET = /A[KS]IA|PRIVATE KEY|:\/\//;

/** Looks everywhere below a block; the value itself is never shown. */
function secretsIn(value: unknown, path: string): Finding[] {
  if (typeof value === "string") return MAY_BE_SECRET.test(value) && SECRET_TEXT.test(value) ? [found(path)] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => secretsIn(item, `${path}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    if (key === "//") return [];
    const at = path === "" ? key : `${path}.${key}`;
    return SECRET_KEY.test(key) && isLiteralSecret(item) ? [found(at)] : secretsIn(item, at);
  });
}

function isLiteralSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isLiteralSecret);
  return typeof value === "string" && value !== "" && !isTemplate(value);
}

function found(attribute: string): Finding {
  return { attribute, expected: "no secret", got: "a literal one" };
}

export const secretsNoLiterals = new Rule({
  id: "secrets-no-literals",
  severity: "error",
  types: ["*"],
  controls: ["SecretsManager.1"],
  reason: "What stands in the configuration stands in the repository, in the state and in every plan.",
  remedy: "Let AWS generate the value, or read it from Secrets Manager.",
  find: ({ body }) => secretsIn(body, ""),
});
