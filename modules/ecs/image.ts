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

/** Returns the ARN of the repository of a literal reference to a private ECR image; `undefined` for any other registry. */
export function ecrRepositoryArn(image: string): string | undefined {
  const match = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?\/([a-z0-9._/-]+)/.exec(image);
  if (!match) return undefined;
  const [, account, region = "", china, repository] = match;
  const partition = partitionOf(region);
  if (partition === undefined || (partition === "aws-cn") !== (china !== undefined)) return undefined;
  return `arn:${partition}:ecr:${region}:${account}:repository/${repository}`;
}
