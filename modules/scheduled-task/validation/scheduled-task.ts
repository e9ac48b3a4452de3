import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { checkRunTask } from "../../ecs/validation/run-task";
import { checkSchedule, checkTimeZone } from "../../ecs/validation/schedule";
import { type CompleteScheduledTaskProps } from "../defaults";

/** The shortest that is worth a task, which takes most of a minute to start, and a week. */
const TIMEOUT = { min: 60, max: 604_800, unit: "seconds" };

/** @throws ConfigurationError with every problem of the props */
export function validateScheduledTask(checks: Checks, props: CompleteScheduledTaskProps): void {
  const { schedule, timezone, timeoutSec, enabled, alarmTopicArn } = props;
  checkRunTask(checks, props);
  checkSchedule(checks, "schedule", schedule);
  checkZone(checks, schedule, timezone);
  checkTimeout(checks, timeoutSec);
  checks.literalBoolean("enabled", enabled);
  checks.arn("alarmTopicArn", alarmTopicArn, ARN_TYPES.topic, "Pass the ARN of an AlarmTopic.");
  checks.throwIfInvalid();
  if (alarmTopicArn === undefined) {
    checks.warn("alarmTopicArn is not set: nobody is notified of a failed run. Pass the topicArn of an AlarmTopic.");
  }
}

function checkZone(checks: Checks, schedule: string, timezone: string | undefined): void {
  const isRate = typeof schedule === "string" && schedule.startsWith("rate(");
  if (!isRate) return checkTimeZone(checks, "timezone", timezone);
  checks.require(timezone === undefined, {
    code: "scheduled-task/time-zone-of-rate",
    prop: "timezone",
    expected: "no time zone with a rate()",
    got: formatValue(timezone),
    remedy: "Leave it out, or use cron() for a time of day.",
  });
}

function checkTimeout(checks: Checks, timeoutSec: number): void {
  const remedy = "A run that takes longer is stopped, and the alarm goes off.";
  checks.require(!isUnresolved(timeoutSec), {
    code: "core/literal-required",
    prop: "timeoutSec",
    expected: "a literal",
    got: formatValue(timeoutSec),
    remedy,
  });
  checks.integer("timeoutSec", timeoutSec, TIMEOUT, remedy);
}
