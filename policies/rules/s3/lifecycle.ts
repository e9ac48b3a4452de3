import { attribute, finding, isSet } from "../../finders";
import { Rule } from "../../rule";

export const s3Lifecycle = new Rule({
  id: "s3-lifecycle",
  severity: "error",
  types: ["aws_s3_bucket"],
  controls: ["S3.10", "S3.13"],
  reason: "Without expiration, logs and old versions accumulate for ever.",
  remedy: "Add an aws_s3_bucket_lifecycle_configuration with an expiration.",
  find: (bucket, configuration) => {
    const found = configuration.pointingAt(bucket, "aws_s3_bucket_lifecycle_configuration", "bucket");
    if (found.length === 0) return [finding("aws_s3_bucket_lifecycle_configuration", "one for this bucket", undefined)];
    return found.flatMap((one) => attribute("rule", "at least one rule", isSet)(one, configuration));
  },
});
