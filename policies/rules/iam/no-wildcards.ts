import { finding } from "../../finders";
import { entries, statementsOf } from "../../policy-document";
import { Rule } from "../../rule";
import { isTemplate } from "../../template-text";

export const iamNoWildcards = new Rule({
  id: "iam-no-wildcards",
  severity: "error",
  types: ["aws_iam_role_policy", "aws_iam_policy"],
  controls: ["IAM.1", "IAM.21"],
  reason: "A role that may do everything is what an intruder hopes for.",
  remedy: "Name the actions; name the resources where AWS lets one.",
  find: (policy) =>
    statementsOf(policy, "policy")
      .filter(({ Effect: effect }) => effect === "Allow")
      .flatMap((statement) => entries(statement["Action"]))
      .filter((action) => typeof action === "string" && !isTemplate(action) && /^(\*|[a-z0-9-]+:\*)$/.test(action))
      .map((action) => finding("policy", "actions by name", action)),
});
