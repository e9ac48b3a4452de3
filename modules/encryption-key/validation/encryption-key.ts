import { TerraformProvider } from "cdktf";
import { type Checks, formatValue } from "../../core/checks";
import { type ProblemCode } from "../../core/problem";
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
  checks.require(props.provider === undefined || TerraformProvider.isTerraformProvider(props.provider), {
    code: "encryption-key/provider",
    prop: "provider",
    expected: "a provider",
    got: formatValue(props.provider),
    remedy: "Pass an AwsProvider of the key's region.",
  });
  const restore = "KMS keeps a deleted key for 7 to 30 days.";
  checks.integer("deletionWindowDays", props.deletionWindowDays, { min: 7, max: 30, unit: "days" }, restore);
  checks.literalBoolean("deletionProtection", props.deletionProtection);
  const rotate = "KMS rotates every 90 to 2560 days.";
  checks.integer("rotationPeriodDays", props.rotationPeriodDays, { min: 90, max: 2560, unit: "days" }, rotate);
  checks.throwIfInvalid();
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
