import { finding } from "../../finders";
import { isPublic, statementsOf } from "../../policy-document";
import { Rule } from "../../rule";

export const kmsKeyPolicy = new Rule({
  id: "kms-key-policy",
  severity: "error",
  types: ["aws_kms_key"],
  controls: ["KMS.5"],
  reason: "A key that anyone may use protects nothing.",
  remedy: "Name accounts or services as principals, or add a condition to the statement.",
  find: (key) =>
    statementsOf(key, "policy")
      .filter(isPublic)
      .map(({ Sid: sid }) => finding("policy", "no statement that allows everyone", sid ?? "a statement")),
});
