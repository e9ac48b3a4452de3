import { attribute, isSet } from "../../finders";
import { Rule } from "../../rule";

export const cloudwatchMissingData = new Rule({
  id: "cloudwatch-missing-data",
  severity: "error",
  types: ["aws_cloudwatch_metric_alarm"],
  controls: [],
  reason: "A service that is down reports no data, so each alarm must decide explicitly what missing data means.",
  remedy: "Set treat_missing_data.",
  find: attribute("treat_missing_data", "a choice", isSet),
});
