import { text } from "../mutation";
import { type RuleCase, ruleCase } from "./rule-case";
import { EXECUTION_POLICY } from "./subjects";

export const iamCases: readonly RuleCase[] = [
  ruleCase(
    "iam-no-wildcards",
    EXECUTION_POLICY,
    text("policy", ({ Statement }) => void (Statement[0]!["Action"] = "*")),
    "policy",
  ),
  ruleCase(
    "iam-no-wildcards",
    EXECUTION_POLICY,
    text("policy", ({ Statement }) => void (Statement[0]!["Action"] = ["logs:PutLogEvents", "s3:*"])),
    "policy",
  ),
];
