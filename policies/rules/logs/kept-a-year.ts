import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const logsKeptAYear = new Rule({
  id: "logs-kept-a-year",
  severity: "error",
  tiers: ["production"],
  types: ["aws_cloudwatch_log_group"],
  controls: ["CloudWatch.16"],
  reason: "Intrusions are often detected only after months, and the investigation needs the logs.",
  remedy: "Set retention_in_days to 365 or more, or add an exception where the law requires less.",
  find: attribute("retention_in_days", "at least 365", (value) => !(numberOf(value)! > 0) || numberOf(value)! >= 365),
});
