import { type Checks } from "../../core/checks";
import { describeType, formatValue } from "../../core/format-value";
import { checkObject } from "./shape";
import { type CompleteTaskProps } from "../defaults";
import { isInjectable, type SecretVariables, serviceOf } from "../secrets";

/** Variable names that suggest a secret. `ECS_ENGINE_AUTH_DATA` holds registry passwords. */
const SECRET_NAME =
  /passw(or)?d|passphrase|secret|token|credential|private_?key|api_?key|access_?key|encryption_?key|ECS_ENGINE_AUTH_DATA/i;

/** Patterns of values that are secret, whatever the variable's name. */
const SECRET_SHAPES: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: "an AWS access key id", pattern: /\b(AKIA|ASIA)[A-Z0-9]{16}\b/ },
  // 40 characters of base64 with upper and lower case and a digit; a git commit is 40 characters of lower-case hex.
  {
    what: "an AWS secret access key",
    pattern: /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9/+]{40}$/,
  },
  { what: "a URL with a password", pattern: /[a-z0-9+.-]:\/\/[^/?#\s@:]*:[^/?#\s]+@/i },
  { what: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { what: "a signed token (JWT)", pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/ },
  {
    what: "a token of GitHub, Slack or Stripe",
    pattern: /\b(gh[pousr]_\w{20,}|xox[abprs]-[\w-]{10,}|[sr]k_live_\w{10,})/,
  },
];

/** A name in POSIX; shells drop other variables. */
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Variables that ECS sets in every container. One that is set here replaces it: without its address of credentials, the application has no role.
 * Source: ECS developer guide, "Amazon ECS environment variables".
 */
const VARIABLES_OF_ECS = [
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_EXECUTION_ENV",
  "ECS_AGENT_URI",
  "ECS_CONTAINER_METADATA_URI",
  "ECS_CONTAINER_METADATA_URI_V4",
];

export interface EnvironmentToCheck {
  /** Put before the names of both props: `""` for the app, `"migration."` for the migration. */
  readonly prefix: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: SecretVariables;
  readonly plainTextReasons: Readonly<Record<string, string>>;
  /**
   * What shows the plain variables to everybody who may read it.
   * @default "read the task definition"
   */
  readonly readers?: string | undefined;
}

/** Refuses variables that AWS or a shell would not accept, and secrets in plain text. */
export function checkEnvironment(
  checks: Checks,
  { prefix, environment, secrets, plainTextReasons, readers = "read the task definition" }: EnvironmentToCheck,
): void {
  const plain = checkObject(checks, `${prefix}environment`, environment);
  const injected = checkObject(checks, `${prefix}secrets`, secrets);
  for (const [name, value] of plain) {
    checkName(checks, `${prefix}environment`, name);
    checkValue(checks, `${prefix}environment.${name}`, value);
    if (Object.keys(plainTextReasons ?? {}).includes(name) || VARIABLES_OF_ECS.includes(name)) continue;
    const reasonProp = `plainTextReasons.${name}`;
    checkPlainText(checks, `${prefix}environment.${name}`, { name, value, reasonProp, readers });
  }
  for (const [name, source] of injected) {
    checkName(checks, `${prefix}secrets`, name);
    checkSecret(checks, `${prefix}secrets.${name}`, source);
    checks.require(!plain.some(([other]) => other === name), {
      code: "ecs/variable-in-both",
      prop: `${prefix}secrets.${name}`,
      expected: "a variable in either environment or secrets",
      got: "one in both",
      remedy: "Take it out of environment.",
    });
  }
}

/** Requires each plain-text exception to name an existing variable and give a reason. */
export function checkReasons(
  checks: Checks,
  {
    plainTextReasons,
    environment,
    migration,
    sidecars = {},
  }: Pick<CompleteTaskProps, "plainTextReasons" | "environment"> &
    Partial<Pick<CompleteTaskProps, "migration" | "sidecars">>,
): void {
  const others = [migration, ...Object.values(sidecars)].map((container) => container?.environment);
  const names = [environment, ...others].flatMap((variables) => Object.keys(variables ?? {}));
  for (const [name, reason] of checkObject(checks, "plainTextReasons", plainTextReasons)) {
    const prop = `plainTextReasons.${name}`;
    checks.require(names.includes(name), {
      code: "ecs/plain-text-reason",
      prop,
      expected: "the name of a variable in environment",
      got: "one that is not there",
      remedy: "Remove the exception.",
    });
    checks.require(typeof reason === "string" && reason.trim() !== "", {
      code: "ecs/plain-text-reason",
      prop,
      expected: "the reason why the value is no secret",
      got: formatValue(reason),
      remedy: 'For example "A lifetime in seconds, not a token".',
    });
  }
}

function checkName(checks: Checks, prop: string, name: string): void {
  checks.require(VARIABLE_NAME.test(name), {
    code: "ecs/variable-name",
    prop,
    expected: "names of letters, digits and underscores that do not begin with a digit",
    got: formatValue(name),
    remedy: "Rename the variable.",
  });
  checks.require(!VARIABLES_OF_ECS.includes(name), {
    code: "ecs/variable-of-ecs",
    prop,
    expected: "variables that ECS does not set itself",
    got: formatValue(name),
    remedy: "Remove it: ECS gives each container its own value.",
  });
}

/** Never shows the value, which may be a secret. */
function checkValue(checks: Checks, prop: string, value: unknown): void {
  checks.require(typeof value === "string", {
    code: "core/wrong-type",
    prop,
    expected: "text",
    got: describeType(value),
    remedy: 'Write it as text ("3000"), or leave the variable out.',
  });
}

function checkPlainText(
  checks: Checks,
  prop: string,
  { name, value, reasonProp, readers }: { name: string; value: unknown; reasonProp: string; readers: string },
): void {
  const shape = typeof value === "string" ? SECRET_SHAPES.find(({ pattern }) => pattern.test(value)) : undefined;
  const got = shape
    ? `${shape.what} in plain text`
    : SECRET_NAME.test(name)
      ? "a name that promises a secret"
      : undefined;
  if (got === undefined) return;
  checks.add({
    code: "ecs/secret-in-plain-text",
    prop,
    expected: "nothing that has to stay secret",
    got,
    remedy: `Everybody who may ${readers} would see it: use secrets, or give the reason in ${reasonProp}.`,
  });
}

function checkSecret(checks: Checks, prop: string, source: unknown): void {
  const remedy = "Pass the full ARN of a Secrets Manager secret or of an SSM parameter, never the value itself.";
  const expected = "the ARN of a secret or parameter";
  if (typeof source === "string") {
    // The text may be the secret itself, so it is not shown.
    checks.require(isInjectable(source), {
      code: "ecs/secret-reference",
      prop,
      expected,
      got: "text in another form",
      remedy,
    });
    return;
  }
  if (typeof source !== "object" || source === null || !("arn" in source) || typeof source.arn !== "string") {
    checks.add({ code: "ecs/secret-reference", prop, expected, got: describeType(source), remedy });
    return;
  }
  const { arn, jsonKey, versionStage, versionId } = source as Exclude<SecretVariables[string], string>;
  checks.require(isInjectable(arn) && !/:secret:[^:]*:/.test(arn), {
    code: "ecs/secret-reference",
    prop: `${prop}.arn`,
    expected,
    got: "text in another form",
    remedy,
  });
  const parts = { jsonKey, versionStage, versionId };
  for (const [part, value] of Object.entries(parts)) {
    const expected = "text with neither colons nor control characters";
    checks.matches(`${prop}.${part}`, value, /^[^:\p{Cc}]+$/u, expected, "ECS separates the parts with colons.");
  }
  const versioned = jsonKey !== undefined || versionStage !== undefined || versionId !== undefined;
  checks.require(!versioned || serviceOf(source as Exclude<SecretVariables[string], string>) === "secretsmanager", {
    code: "ecs/secret-version",
    prop,
    expected: "a parameter with neither key nor version",
    got: Object.entries(parts)
      .filter(([, value]) => value !== undefined)
      .map(([part]) => part)
      .join(", "),
    remedy: "Only secrets of Secrets Manager have keys and versions.",
  });
  checks.require(versionStage === undefined || versionId === undefined, {
    code: "ecs/secret-version",
    prop,
    expected: "versionStage or versionId",
    got: "both",
    remedy: "Keep one: they could name different versions.",
  });
}
