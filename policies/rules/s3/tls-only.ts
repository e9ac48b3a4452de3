import { unless } from "../../finders";
import { deniesClearText, statementsOf } from "../../policy-document";
import { Rule } from "../../rule";
import { isTemplate } from "../../template-text";

export const s3TlsOnly = new Rule({
  id: "s3-tls-only",
  severity: "error",
  types: ["aws_s3_bucket"],
  controls: ["S3.5"],
  reason: "Logs with addresses of users would pass in clear text.",
  remedy: "Add a bucket policy that denies requests without aws:SecureTransport.",
  find: (bucket, configuration) => {
    const policies = configuration.pointingAt(bucket, "aws_s3_bucket_policy", "bucket");
    const unknown = policies.some(
      (policy) => isTemplate(policy.value("policy")) && policy.json("policy") === undefined,
    );
    const denied = policies.some((policy) => statementsOf(policy, "policy").some(deniesClearText));
    return unless(unknown || denied, "aws_s3_bucket_policy", "a statement that denies clear text", undefined);
  },
});
