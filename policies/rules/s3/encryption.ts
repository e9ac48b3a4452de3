import { attribute, finding, isSet } from "../../finders";
import { Rule } from "../../rule";

export const s3Encryption = new Rule({
  id: "s3-encryption",
  severity: "error",
  types: ["aws_s3_bucket"],
  controls: ["S3.4"],
  reason: "Objects written without encryption stay unencrypted.",
  remedy: "Add an aws_s3_bucket_server_side_encryption_configuration.",
  find: (bucket, configuration) => {
    const found = configuration.pointingAt(bucket, "aws_s3_bucket_server_side_encryption_configuration", "bucket");
    if (found.length === 0)
      return [finding("aws_s3_bucket_server_side_encryption_configuration", "one for this bucket", undefined)];
    return found.flatMap((one) => attribute("rule", "a rule with AES256 or aws:kms", isSet)(one, configuration));
  },
});
