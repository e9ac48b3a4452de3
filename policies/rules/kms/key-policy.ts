import { finding } from "../../finders";
import { isPublic, statementsOf } from "../../policy-document";
import { Rule } from "../../rule";

export const kmsKeyPolicy = new Rule({
  id: "kms-key-policy",
  severity: "error",
  types: ["aws_kms_key"],
  controls: ["KMS.5"],
  reason: "A key that anybody may use protects nothing.",
  remedy: "Name accounts or services as principals, or add a condition.",
  find: (key) =>
    statementsOf(key, "policy")
      .filter(isPublic)
      .map(({ Sid: sid }) => finding("policy", "no statement for everybody", sid ?? "a statement")),
});
