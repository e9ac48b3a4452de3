import { ARN_TYPES } from "../../core/arn-types";
import { type Checks } from "../../core/checks";
import { type RollbackAlarmsProps } from "../rollback-alarms/props";
import { type CompleteThresholds } from "../thresholds/defaults";
import { checkMonitored } from "./monitored";
import { checkRunbookUrl } from "./runbook-url";
import { checkThresholds } from "./thresholds";

/** @throws ConfigurationError with every problem of the props */
export function validateRollbackAlarms(
  checks: Checks,
  props: RollbackAlarmsProps,
  thresholds: CompleteThresholds,
): void {
  checks.baseName("name", props.name);
  if (checks.required("loadBalancer", props.loadBalancer, "Rollback alarms use the metrics of its target groups.")) {
    checkMonitored(checks, { loadBalancer: props.loadBalancer, ...(props.app ? { app: props.app } : {}) });
  }
  if (checks.required("alarmTopicArn", props.alarmTopicArn, "The topic receives the reason for a rollback.")) {
    checks.arn("alarmTopicArn", props.alarmTopicArn, ARN_TYPES.topic, "Pass the ARN of an SNS topic.");
  }
  checkThresholds(checks, thresholds);
  checkRunbookUrl(checks, props.runbookUrl);
  checks.throwIfInvalid();
}
