import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type TerraformStack } from "cdktf";

/** Write-only arguments and ephemeral values, which keep secrets out of the state, came with Terraform 1.11. */
export const TERRAFORM_VERSION = ">= 1.11.0";

/** Where everything of CloudFront lives, whatever the stack's region is: its certificates, its web ACLs, the delivery of its logs. */
export const CLOUDFRONT_REGION = "us-east-1";

export interface AwsTarget {
  readonly accountId: string;
  readonly region: string;
  /** Put on everything that takes tags, by the provider. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The provider of a stack; refuses to run with the credentials of another account. */
export function addAwsProvider(stack: TerraformStack, target: AwsTarget): AwsProvider {
  stack.addOverride("terraform.required_version", TERRAFORM_VERSION);
  return new AwsProvider(stack, "aws", settings(target));
}

/** A second provider, for what belongs to CloudFront. */
export function addCloudfrontProvider(stack: TerraformStack, target: Omit<AwsTarget, "region">): AwsProvider {
  const region = CLOUDFRONT_REGION;
  return new AwsProvider(stack, `aws-${region}`, { ...settings({ ...target, region }), alias: region });
}

function settings({ accountId, region, tags }: AwsTarget) {
  return { region, allowedAccountIds: [accountId], defaultTags: [{ tags: { ...tags } }] };
}
