import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const logsRetention = new Rule({
  id: "logs-retention",
  severity: "error",
  types: ["aws_cloudwatch_log_group"],
  controls: [],
  reason: "Nothing set means for ever: a bill that only grows, and personal data without an end.",
  remedy: "Set retention_in_days.",
  find: attribute("retention_in_days", "a number of days, never for ever", (value) => (numberOf(value) ?? 0) > 0),
});
