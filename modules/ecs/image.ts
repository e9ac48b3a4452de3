import { partitionOf } from "../core/regions";
import { isUnresolved } from "../core/tokens";

const TAG = /:([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * Whether the reference is a digest or has a tag other than `latest`. Returns `undefined` when its end is known only at apply.
 */
export function isPinned(image: string): boolean | undefined {
  const digest = image.split("@")[1];
  if (digest !== undefined) return isUnresolved(digest) ? undefined : DIGEST.test(digest);
  const tag = TAG.exec(image)?.[1];
  if (tag !== undefined) return tag !== "latest";
  return isUnresolved(image) ? undefined : false;
}

/** The same rule as `isPinned`, as the regular expression that Terraform checks at apply. */
export const PINNED_AT_APPLY = "(@sha256:[0-9a-f]{64}|^[^@]*:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$";

/** The domains of ECR's registries, and the partitions that have them. Source: ECR user guide, "Amazon ECR endpoints". */
const DOMAINS: Readonly<Record<string, readonly string[]>> = {
  "amazonaws.com": ["aws", "aws-us-gov"],
  "on.aws": ["aws", "aws-us-gov"],
  "amazonaws.com.cn": ["aws-cn"],
  "on.amazonwebservices.com.cn": ["aws-cn"],
  "amazonaws.eu": ["aws-eusc"],
  "c2s.ic.gov": ["aws-iso"],
  "sc2s.sgov.gov": ["aws-iso-b"],
  "cloud.adc-e.uk": ["aws-iso-e"],
  "csp.hci.ic.gov": ["aws-iso-f"],
};
const ECR_IMAGE = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.([a-z0-9.-]+)\/([a-z0-9._/-]+)/;

/** Returns the ARN of the repository of a literal reference to a private ECR image; `undefined` for any other registry. */
export function ecrRepositoryArn(image: string): string | undefined {
  const match = ECR_IMAGE.exec(image);
  if (!match) return undefined;
  const [, account, region = "", domain, repository] = match;
  const partition = partitionOf(region);
  if (partition === undefined || !DOMAINS[domain ?? ""]?.includes(partition)) return undefined;
  return `arn:${partition}:ecr:${region}:${account}:repository/${repository}`;
}
