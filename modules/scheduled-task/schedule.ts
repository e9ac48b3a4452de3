import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { escapeTemplate, isUnresolved } from "../core/tokens";
import { type CompleteScheduledTaskProps } from "./defaults";
import { type RoleWithPolicy } from "./roles";

/** Longest name of a schedule and of its group. Source: EventBridge Scheduler API reference, CreateSchedule. */
export const SCHEDULE_NAME_MAX_LENGTH = 64;

export interface ScheduleInputs {
  readonly groupName: string;
  readonly stateMachineArn: string;
  readonly role: RoleWithPolicy;
}

/** Creates the schedule, which starts the state machine at exactly the given time. */
export function createSchedule(
  scope: Construct,
  { name, schedule, timezone, enabled }: CompleteScheduledTaskProps,
  { groupName, stateMachineArn, role }: ScheduleInputs,
): SchedulerSchedule {
  return new SchedulerSchedule(scope, "schedule", {
    name: physicalName([name], { maxLength: SCHEDULE_NAME_MAX_LENGTH }),
    groupName,
    scheduleExpression: isUnresolved(schedule) ? schedule : escapeTemplate(schedule),
    scheduleExpressionTimezone: timezone,
    state: enabled ? "ENABLED" : "DISABLED",
    flexibleTimeWindow: { mode: "OFF" },
    target: {
      arn: stateMachineArn,
      roleArn: role.role.arn,
      // The states add what they find out to it.
      input: "{}",
      // A run that is started hours late may meet the next one; the alarm tells of it instead.
      retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 },
    },
    dependsOn: [role.policy],
  });
}
