import { attribute, finding } from "../../finders";
import { Rule } from "../../rule";

export const s3NoAcls = new Rule({
  id: "s3-no-acls",
  severity: "error",
  types: ["aws_s3_bucket"],
  controls: ["S3.12"],
  reason: "ACLs can make a bucket public without a change of its reviewed policy.",
  remedy: "Add aws_s3_bucket_ownership_controls with BucketOwnerEnforced.",
  find: (bucket, configuration) => {
    const found = configuration.pointingAt(bucket, "aws_s3_bucket_ownership_controls", "bucket");
    if (found.length === 0) return [finding("aws_s3_bucket_ownership_controls", "one for this bucket", undefined)];
    return found.flatMap((one) =>
      attribute(
        "rule.object_ownership",
        "BucketOwnerEnforced",
        (value) => value === "BucketOwnerEnforced",
      )(one, configuration),
    );
  },
});
