import * as kind from "../core/kinds";
import { FARGATE_TASK_PROPS, type FargateTaskProps } from "../ecs/fargate-task-props";
import { TASK_PROPS, type TaskProps } from "../ecs/task-props";

export interface ScheduledTaskProps extends TaskProps, FargateTaskProps {
  /** Schedule expression of AWS: `cron(0 3 * * ? *)`, `rate(1 hour)` or `at(2027-01-31T03:00:00)`. */
  readonly schedule: string;
  /** Time zone of the schedule, such as `Asia/Tokyo`; required, except for a `rate()`, which has none. Follows daylight saving time. */
  readonly timezone?: string | undefined;
  /**
   * Seconds after which a run that has not ended is stopped and counts as failed, 60 to 604800. A literal.
   * @default 3600
   */
  readonly timeoutSec?: number | undefined;
  /**
   * Whether the schedule starts runs; a schedule that is off stays ready.
   * @default true
   */
  readonly enabled?: boolean | undefined;
  /**
   * Topic that is notified of failed runs, and of runs that could not be started.
   * @default nobody, with a warning
   */
  readonly alarmTopicArn?: string | undefined;
}

export const SCHEDULED_TASK_PROPS: kind.Shape<ScheduledTaskProps> = {
  ...TASK_PROPS,
  ...FARGATE_TASK_PROPS,
  schedule: kind.string,
  timezone: kind.string,
  timeoutSec: kind.number,
  enabled: kind.boolean,
  alarmTopicArn: kind.string,
};
