import { replaced } from "../mutation";
import { type RuleCase, ruleCase } from "./rule-case";
import { ALARM_TOPIC_POLICY } from "./subjects";

export const snsCases: readonly RuleCase[] = [
  ruleCase(
    "sns-topic-policy",
    ALARM_TOPIC_POLICY,
    replaced("policy", '{"Service":"events.amazonaws.com"}', '"*"'),
    "policy",
  ),
];
