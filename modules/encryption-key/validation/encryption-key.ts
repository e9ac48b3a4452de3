import { type Checks, formatValue } from "../../core/checks";
import { type ProblemCode } from "../../core/problem";
import { checkProvider } from "../../core/provider";
import { isRegion } from "../../core/regions";
import { isUnresolved } from "../../core/tokens";
import { type CompleteEncryptionKeyProps } from "../defaults";

const REGION = { test: isRegion };
const ACCOUNT_ID = /^\d{12}$/;

/** @throws ConfigurationError with every problem of the props */
export function validateEncryptionKey(checks: Checks, props: CompleteEncryptionKeyProps): void {
  checks.baseName("name", props.name);
  checkLiteral(checks, "region", props.region, {
    code: "encryption-key/region",
    pattern: REGION,
    expected: "a literal region such as ap-northeast-1",
    remedy: "The key policy names the services of one region.",
  });
  checkLiteral(checks, "accountId", props.accountId, {
    code: "encryption-key/account-id",
    pattern: ACCOUNT_ID,
    expected: "a literal of 12 digits",
    remedy: "Find it with `aws sts get-caller-identity`.",
  });
  checkProvider(checks, "provider", props.provider, "encryption-key/provider");
  checkLocation(checks, props);
  const restore = "KMS keeps a deleted key for 7 to 30 days.";
  checks.integer("deletionWindowDays", props.deletionWindowDays, { min: 7, max: 30, unit: "days" }, restore);
  checks.literalBoolean("deletionProtection", props.deletionProtection);
  const rotate = "KMS rotates every 90 to 2560 days.";
  checks.integer("rotationPeriodDays", props.rotationPeriodDays, { min: 90, max: 2560, unit: "days" }, rotate);
  checks.throwIfInvalid();
}

/** A policy that names another account locks everybody out, which KMS refuses; one of another region lets no log group use the key. */
function checkLocation(checks: Checks, { region, accountId, provider }: CompleteEncryptionKeyProps): void {
  const whose = provider ? "its provider" : "the stack";
  checks.whenLocated(provider, (location) =>
    location.region === undefined || location.region === region
      ? undefined
      : {
          code: "encryption-key/region",
          prop: "region",
          expected: `${location.region}, the region of ${whose}`,
          got: formatValue(region),
          remedy: "The key is created there, and its policy names the services of its own region.",
        },
  );
  checks.whenLocated(provider, (location) =>
    location.accountId === undefined || location.accountId === accountId
      ? undefined
      : {
          code: "encryption-key/account-id",
          prop: "accountId",
          expected: `${location.accountId}, the account of ${whose}`,
          got: formatValue(accountId),
          remedy: "The key policy has to name the account that the key is in.",
        },
  );
}

interface LiteralRule {
  readonly code: ProblemCode;
  readonly pattern: { readonly test: (text: string) => boolean };
  readonly expected: string;
  readonly remedy: string;
}

function checkLiteral(checks: Checks, prop: string, value: string, rule: LiteralRule): void {
  const { code, pattern, expected, remedy } = rule;
  const fits = !isUnresolved(value) && pattern.test(String(value));
  checks.require(fits, { code, prop, expected, got: formatValue(value), remedy });
}
