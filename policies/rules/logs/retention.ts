import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const logsRetention = new Rule({
  id: "logs-retention",
  severity: "error",
  types: ["aws_cloudwatch_log_group"],
  controls: [],
  reason: "Without a retention, logs are kept for ever: costs grow, and personal data is never deleted.",
  remedy: "Set retention_in_days.",
  find: attribute("retention_in_days", "a number of days", (value) => (numberOf(value) ?? 0) > 0),
});
