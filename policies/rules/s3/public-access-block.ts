import { attribute, finding } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

const SETTINGS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"] as const;

export const s3PublicAccessBlock = new Rule({
  id: "s3-public-access-block",
  severity: "error",
  types: ["aws_s3_bucket"],
  controls: ["S3.8"],
  reason: "Without the block, one wrong policy or ACL makes the bucket public.",
  remedy: "Add an aws_s3_bucket_public_access_block with all four settings.",
  find: (bucket, configuration) => {
    const blocks = configuration.pointingAt(bucket, "aws_s3_bucket_public_access_block", "bucket");
    if (blocks.length === 0) return [finding("aws_s3_bucket_public_access_block", "one for this bucket", undefined)];
    return blocks.flatMap((block) =>
      SETTINGS.flatMap((setting) => attribute(setting, "true", isOn)(block, configuration)),
    );
  },
});
