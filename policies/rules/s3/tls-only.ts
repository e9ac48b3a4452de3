import { unless } from "../../finders";
import { deniesUnencrypted, statementsOf } from "../../policy-document";
import { Rule } from "../../rule";
import { isTemplate } from "../../template-text";

export const s3TlsOnly = new Rule({
  id: "s3-tls-only",
  severity: "error",
  types: ["aws_s3_bucket"],
  controls: ["S3.5"],
  reason: "Logs contain users' IP addresses and must not travel unencrypted.",
  remedy: "Add a bucket policy that denies requests without aws:SecureTransport.",
  find: (bucket, configuration) => {
    const policies = configuration.pointingAt(bucket, "aws_s3_bucket_policy", "bucket");
    const unknown = policies.some(
      (policy) => isTemplate(policy.value("policy")) && policy.json("policy") === undefined,
    );
    const denied = policies.some((policy) => statementsOf(policy, "policy").some(deniesUnencrypted));
    return unless(unknown || denied, "aws_s3_bucket_policy", "a statement that denies unencrypted requests", undefined);
  },
});
