import { attribute, finding } from "../../finders";
import { Rule } from "../../rule";

export const s3Versioning = new Rule({
  id: "s3-versioning",
  severity: "error",
  types: ["aws_s3_bucket"],
  controls: ["S3.14"],
  reason: "An overwritten or deleted object can be restored only from a previous version.",
  remedy: "Add an aws_s3_bucket_versioning with status Enabled.",
  find: (bucket, configuration) => {
    const found = configuration.pointingAt(bucket, "aws_s3_bucket_versioning", "bucket");
    if (found.length === 0) return [finding("aws_s3_bucket_versioning", "one for this bucket", undefined)];
    return found.flatMap((one) =>
      attribute("versioning_configuration.status", "Enabled", (value) => value === "Enabled")(one, configuration),
    );
  },
});
