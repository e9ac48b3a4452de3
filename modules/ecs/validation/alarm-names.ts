import { type Construct } from "constructs";
import { Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";

/** Refuses what is not the name of an alarm, and a name that is given twice. */
export function checkAlarmNames(checks: Checks, prop: string, names: readonly string[]): void {
  for (const name of names) checkAlarmName(checks, prop, name);
  checks.distinct(prop, names, "alarm", "Remove the repeated name.");
}

/** Source of the name's length: CloudWatch API reference, PutMetricAlarm. ECS finds alarms by name, and refuses one that it does not find. */
function checkAlarmName(checks: Checks, prop: string, name: string): void {
  const legal = typeof name === "string" && name.length <= 255 && name.trim() === name && name !== "";
  checks.require(isUnresolved(name) || (legal && !name.startsWith("arn:")), {
    code: "ecs/alarm-name",
    prop,
    expected: "names of alarms, 1 to 255 characters",
    got: formatValue(name),
    remedy: "Pass the alarm's name, neither its ARN nor the alarm.",
  });
}

/** @throws ConfigurationError when one of the names that are added is malformed, or roll a deploy back already */
export function validateAddedAlarms(scope: Construct, present: readonly string[], added: readonly string[]): void {
  const checks = new Checks(scope);
  const prop = "addRollbackAlarms";
  for (const name of added) checkAlarmName(checks, prop, name);
  checks.distinct(prop, [...present, ...added], "alarm", "Remove the repeated name.");
  checks.throwIfInvalid();
}
