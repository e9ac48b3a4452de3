import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type TerraformStack } from "cdktf";

/** Write-only arguments and ephemeral values, which keep secrets out of the state, came with Terraform 1.11. */
export const TERRAFORM_VERSION = ">= 1.11.0";

export interface AwsTarget {
  readonly accountId: string;
  readonly region: string;
  /** Put on everything that takes tags, by the provider. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The one provider of a stack; refuses to run with the credentials of another account. */
export function addAwsProvider(stack: TerraformStack, { accountId, region, tags }: AwsTarget): AwsProvider {
  stack.addOverride("terraform.required_version", TERRAFORM_VERSION);
  return new AwsProvider(stack, "aws", {
    region,
    allowedAccountIds: [accountId],
    defaultTags: [{ tags: { ...tags } }],
  });
}
