import { finding } from "../../finders";
import { entries, statementsOf } from "../../policy-document";
import { Rule } from "../../rule";
import { isTemplate } from "../../template-text";

export const iamNoWildcards = new Rule({
  id: "iam-no-wildcards",
  severity: "error",
  types: ["aws_iam_role_policy", "aws_iam_policy"],
  controls: ["IAM.1", "IAM.21"],
  reason: "A role with wildcard actions gives an attacker far more access than the service needs.",
  remedy: "List the actions, and the resources where AWS supports it.",
  find: (policy) =>
    statementsOf(policy, "policy")
      .filter(({ Effect: effect }) => effect === "Allow")
      .flatMap((statement) => entries(statement["Action"]))
      .filter((action) => typeof action === "string" && !isTemplate(action) && /^(\*|[a-z0-9-]+:\*)$/.test(action))
      .map((action) => finding("policy", "actions listed by name", action)),
});
