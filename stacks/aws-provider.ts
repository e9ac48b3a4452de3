import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type TerraformStack } from "cdktf";

/** Terraform 1.11 introduced write-only arguments and ephemeral values, which keep secrets out of the state. */
export const TERRAFORM_VERSION = ">= 1.11.0";

/** The region of CloudFront's certificates, web ACLs and log delivery, whatever the stack's region. */
export const CLOUDFRONT_REGION = "us-east-1";

export interface AwsTarget {
  readonly accountId: string;
  readonly region: string;
  /** The provider's default tags, for every resource that can be tagged. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Adds the AWS provider of a stack. It refuses credentials of any other account. */
export function addAwsProvider(stack: TerraformStack, target: AwsTarget): AwsProvider {
  stack.addOverride("terraform.required_version", TERRAFORM_VERSION);
  return new AwsProvider(stack, "aws", settings(target));
}

/** Adds a second AWS provider, for CloudFront's resources in us-east-1. */
export function addCloudfrontProvider(stack: TerraformStack, target: Omit<AwsTarget, "region">): AwsProvider {
  const region = CLOUDFRONT_REGION;
  return new AwsProvider(stack, `aws-${region}`, { ...settings({ ...target, region }), alias: region });
}

function settings({ accountId, region, tags }: AwsTarget) {
  return { region, allowedAccountIds: [accountId], defaultTags: [{ tags: { ...tags } }] };
}
