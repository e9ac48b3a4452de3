import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const logsKeptAYear = new Rule({
  id: "logs-kept-a-year",
  severity: "error",
  tiers: ["production"],
  types: ["aws_cloudwatch_log_group"],
  controls: ["CloudWatch.16"],
  reason: "A break-in is noticed after months; its traces have to be there still.",
  remedy: "Set retention_in_days to 365, or except it where the law wants less.",
  find: attribute("retention_in_days", "at least 365", (value) => !(numberOf(value)! > 0) || numberOf(value)! >= 365),
});
