import { attribute, isSet } from "../../finders";
import { Rule } from "../../rule";

export const cloudwatchAlarmActions = new Rule({
  id: "cloudwatch-alarm-actions",
  severity: "error",
  types: ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"],
  controls: ["CloudWatch.15"],
  reason: "An alarm without an action notifies nobody.",
  remedy: "Add the ARN of an SNS topic to alarm_actions.",
  find: attribute("alarm_actions", "at least one action", isSet),
});
