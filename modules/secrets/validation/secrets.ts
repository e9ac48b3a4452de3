import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { type CompleteSecretsProps } from "../defaults";

/** Source: Secrets Manager API reference, CreateSecret.Name. */
const KEY = /^[A-Za-z0-9_+=.@-]+$/;
const NAME_MAX_LENGTH = 512;
const DESCRIPTION_MAX_LENGTH = 2048;

/** @throws ConfigurationError with every problem of the props */
export function validateSecrets(checks: Checks, props: CompleteSecretsProps): void {
  checks.baseName("name", props.name);
  checkKeys(checks, props);
  checkGenerated(checks, props);
  checks.literalBoolean("allowImmediateDeletion", props.allowImmediateDeletion);
  checkRecoveryWindow(checks, props);
  checks.arn("kmsKeyArn", props.kmsKeyArn, ARN_TYPES.kmsKey, "Pass the ARN of a KMS key, not its id or alias.");
  checks.throwIfInvalid();
}

function checkKeys(checks: Checks, { name, generated, external }: CompleteSecretsProps): void {
  for (const [source, entries] of Object.entries({ generated, external })) {
    for (const [key, entry] of Object.entries(entries)) checkEntry(checks, name, `${source}.${key}`, key, entry);
  }
  const both = Object.keys(generated).filter((key) => key in external);
  checks.require(both.length === 0, {
    code: "secrets/duplicate-key",
    prop: "external",
    expected: "keys that are not in generated",
    got: both.join(", "),
    remedy: "Remove the key from generated or from external.",
  });
}

function checkEntry(checks: Checks, name: string, prop: string, key: string, entry: { description: string }): void {
  checks.require(!isUnresolved(key) && KEY.test(key) && `${name}/${key}`.length <= NAME_MAX_LENGTH, {
    code: "secrets/key",
    prop,
    expected: `a key of letters, digits and _ + = . @ -, at most ${NAME_MAX_LENGTH} characters together with the name`,
    got: formatValue(key),
    remedy: 'Use a key such as "NEXTAUTH_SECRET".',
  });
  const remedy = "Say what the secret is for; the person who rotates it reads this.";
  if (!checks.required(`${prop}.description`, entry.description, remedy)) return;
  checks.require(isUnresolved(entry.description) || entry.description.length <= DESCRIPTION_MAX_LENGTH, {
    code: "secrets/description-too-long",
    prop: `${prop}.description`,
    expected: `at most ${DESCRIPTION_MAX_LENGTH} characters`,
    got: `${entry.description.length}`,
    remedy: "Shorten it.",
  });
}

function checkGenerated(checks: Checks, { generated }: CompleteSecretsProps): void {
  for (const [key, { length, version }] of Object.entries(generated)) {
    const strength = "Fewer than 16 characters can be guessed; Secrets Manager generates at most 4096.";
    checks.integer(`generated.${key}.length`, length, { min: 16, max: 4096, unit: "characters" }, strength);
    const counting = "Start at 1 and raise it to rotate the value.";
    checks.integer(`generated.${key}.version`, version, { min: 1, max: Number.MAX_SAFE_INTEGER }, counting);
  }
}

function checkRecoveryWindow(
  checks: Checks,
  { recoveryWindowDays, allowImmediateDeletion }: CompleteSecretsProps,
): void {
  if (recoveryWindowDays === 0) {
    checks.require(allowImmediateDeletion, {
      code: "secrets/immediate-deletion",
      prop: "recoveryWindowDays",
      expected: "7 to 30 days",
      got: "0",
      remedy: "With 0 a deleted secret is lost at once; if that is intended, as in dev, set allowImmediateDeletion.",
    });
    return;
  }
  const remedy = "Secrets Manager accepts 7 to 30 days.";
  checks.integer("recoveryWindowDays", recoveryWindowDays, { min: 7, max: 30, unit: "days" }, remedy);
}
