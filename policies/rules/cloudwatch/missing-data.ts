import { attribute, isSet } from "../../finders";
import { Rule } from "../../rule";

export const cloudwatchMissingData = new Rule({
  id: "cloudwatch-missing-data",
  severity: "error",
  types: ["aws_cloudwatch_metric_alarm"],
  controls: [],
  reason: "A dead service reports nothing: whether that is an alarm has to be decided, not inherited.",
  remedy: "Set treat_missing_data for this metric.",
  find: attribute("treat_missing_data", "a choice", isSet),
});
