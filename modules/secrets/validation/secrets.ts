import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { type CompleteSecretsProps } from "../defaults";

/** Source: Secrets Manager API reference, CreateSecret.Name. */
const KEY = /^[A-Za-z0-9_+=.@-]+$/;
const LONGEST_NAME = 512;
const LONGEST_DESCRIPTION = 2048;

/** @throws ConfigurationError with every problem of the props */
export function validateSecrets(checks: Checks, props: CompleteSecretsProps): void {
  checks.baseName("name", props.name);
  for (const kind of ["generated", "external"] as const) {
    for (const [key, entry] of Object.entries(props[kind]))
      checkEntry(checks, props.name, `${kind}.${key}`, key, entry);
  }
  const both = Object.keys(props.generated).filter((key) => key in props.external);
  checks.require(both.length === 0, {
    prop: "external",
    expected: "other secrets than generated has",
    got: both.join(", "),
    remedy: "A value is either drawn by Terraform or put by somebody else.",
  });
  for (const [key, { length, version }] of Object.entries(props.generated)) {
    const strength = "Below 16 letters and digits a value can be guessed; Secrets Manager draws up to 4096.";
    checks.integer(`generated.${key}.length`, length, { min: 16, max: 4096, unit: "characters" }, strength);
    const counting = "Begin at 1 and raise it to rotate the value.";
    checks.integer(`generated.${key}.version`, version, { min: 1, max: Number.MAX_SAFE_INTEGER }, counting);
  }
  checks.literalBoolean("allowImmediateDeletion", props.allowImmediateDeletion);
  checkRecoveryWindow(checks, props);
  checks.arn("kmsKeyArn", props.kmsKeyArn, "kms", "Pass the ARN of a KMS key, not its id or alias.");
  checks.throwIfInvalid();
}

function checkEntry(checks: Checks, name: string, prop: string, key: string, entry: { description: string }): void {
  checks.require(!isUnresolved(key) && KEY.test(key) && `${name}/${key}`.length <= LONGEST_NAME, {
    prop,
    expected: `a key of letters, digits and _ + = . @ -, at most ${LONGEST_NAME} characters with the name before it`,
    got: formatValue(key),
    remedy: 'Use a key such as "NEXTAUTH_SECRET".',
  });
  const remedy = "Say what it is for: whoever rotates it at night reads this.";
  if (!checks.required(`${prop}.description`, entry.description, remedy)) return;
  checks.require(isUnresolved(entry.description) || entry.description.length <= LONGEST_DESCRIPTION, {
    prop: `${prop}.description`,
    expected: `at most ${LONGEST_DESCRIPTION} characters`,
    got: `${entry.description.length}`,
    remedy: "Shorten it.",
  });
}

function checkRecoveryWindow(
  checks: Checks,
  { recoveryWindowDays, allowImmediateDeletion }: CompleteSecretsProps,
): void {
  if (recoveryWindowDays === 0) {
    checks.require(allowImmediateDeletion, {
      prop: "recoveryWindowDays",
      expected: "7 to 30 days",
      got: "0",
      remedy: "A deleted secret would be gone at once; where that is meant (dev), set allowImmediateDeletion.",
    });
    return;
  }
  const remedy = "Secrets Manager takes 7 to 30 days.";
  checks.integer("recoveryWindowDays", recoveryWindowDays, { min: 7, max: 30, unit: "days" }, remedy);
}
