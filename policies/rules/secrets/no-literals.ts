import { isObject } from "../../resource";
import { Rule, type Finding } from "../../rule";
import { isTemplate } from "../../template-text";

const SECRET_KEY =
  /^(master_)?password$|^auth_token$|^secret_(string|binary)$|^passwords$|^private_key$|^secret_key$|^access_key$/;
/** An access key id, a PEM key, or a password within a URL. */
const SECRET_TEXT = /\b(AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|[a-z]:\/\/[^/@\s"$:{}]+:[^/@\s"${}]+@/;

/** A cheap first test, because nearly no text contains a secret. */
const MAY_BE_SECRET = /A[KS]IA|PRIVATE KEY|:\/\//;

/** Searches a value and everything nested in it. Findings never contain the secret. */
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
  return { attribute, expected: "no secret", got: "a literal secret" };
}

export const secretsNoLiterals = new Rule({
  id: "secrets-no-literals",
  severity: "error",
  types: ["*"],
  controls: ["SecretsManager.1"],
  reason: "A secret in the configuration is also in the repository, in the state and in every plan.",
  remedy: "Let AWS generate the value, or read the value from Secrets Manager.",
  find: ({ body }) => secretsIn(body, ""),
});
