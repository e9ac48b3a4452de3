import { type Checks } from "../core/checks";
import { readProps } from "../core/props";
import { type CompleteFargateTaskProps, taskDefaults } from "../ecs/defaults";
import { fargateTaskDefaults } from "../ecs/fargate-task-props";
import { RUN_TASK_SETTINGS } from "../ecs/run-task";
import { completeSidecars } from "../ecs/sidecars";
import { SCHEDULED_TASK_PROPS, type ScheduledTaskProps } from "./props";

export const scheduledTaskDefaults = {
  ...taskDefaults,
  ...fargateTaskDefaults,
  timeoutSec: 3600,
  enabled: true,
} as const satisfies Partial<ScheduledTaskProps>;

/** All props with every default filled in. */
export type CompleteScheduledTaskProps = CompleteFargateTaskProps &
  Pick<ScheduledTaskProps, "schedule" | "timezone" | "alarmTopicArn"> & {
    readonly timeoutSec: number;
    readonly enabled: boolean;
  };

/** @throws ConfigurationError when props is not an object */
export function readScheduledTaskProps(checks: Checks, given: ScheduledTaskProps): CompleteScheduledTaskProps {
  const props = readProps(checks, given, SCHEDULED_TASK_PROPS, scheduledTaskDefaults);
  return Object.freeze({ ...RUN_TASK_SETTINGS, ...props, sidecars: completeSidecars(props.sidecars) });
}
