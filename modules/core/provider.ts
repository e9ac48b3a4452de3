import { type TerraformProvider } from "cdktf";
import { type Checks, formatValue } from "./checks";
import { isAwsProvider } from "./location";
import { type ProblemCode } from "./problem";

/**
 * Requires an AWS provider, or none. Anything else would be written into the JSON as text that Terraform refuses, or be left out, which
 * creates the resources in the region of the stack.
 */
export function checkProvider(
  checks: Checks,
  prop: string,
  provider: TerraformProvider | undefined,
  code: ProblemCode = "core/provider",
): void {
  checks.require(provider === undefined || isAwsProvider(provider), {
    code,
    prop,
    expected: "an AWS provider",
    got: formatValue(provider),
    remedy: "Pass an AwsProvider with an alias.",
  });
}
