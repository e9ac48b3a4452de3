import * as kind from "../core/kinds";
import { type WithDefaults } from "../core/props";

/** New bounds from a point in time, until another schedule changes them. */
export interface ScalingSchedule {
  /** Schedule expression of AWS: `cron(0 8 ? * MON-FRI *)`, `at(2027-01-01T00:00:00)` or `rate(1 day)`. */
  readonly schedule: string;
  /** Time zone of the expression, such as `Asia/Tokyo`. Required, because a wrong default would scale hours too late. */
  readonly timezone: string;
  readonly minCount: number;
  readonly maxCount: number;
}

export interface ServiceAutoscaling {
  /** Fewest tasks, at least 1; two keep the service up when a zone fails. */
  readonly minCount: number;
  /** Most tasks; limits what an attack or a fault can cost. */
  readonly maxCount: number;
  /**
   * Mean CPU to keep, in percent; `false` to leave CPU out.
   * @default 70
   */
  readonly cpuPercent?: number | false | undefined;
  /**
   * Mean memory to keep, in percent. Node.js returns memory late, so this target rarely scales in.
   * @default memory is left out
   */
  readonly memoryPercent?: number | undefined;
  /**
   * HTTP requests per task and minute to keep; needs `loadBalancer`. An open WebSocket counts once, when it is opened.
   * @default requests are left out
   */
  readonly requestsPerTask?: number | undefined;
  /**
   * Open connections per task to keep; needs `connectionMetric`. Idle connections use memory and file descriptors, but hardly any CPU.
   * @default connections are left out
   */
  readonly connectionsPerTask?: number | undefined;
  /**
   * Seconds after adding tasks until more are added.
   * @default 60
   */
  readonly scaleOutCooldownSec?: number | undefined;
  /**
   * Seconds after removing a task until another is removed: each one makes its clients reconnect.
   * @default 300
   */
  readonly scaleInCooldownSec?: number | undefined;
  /**
   * Bounds on a schedule, by name. Terraform then ignores the bounds after the first apply: change them in the schedules.
   * @default none
   */
  readonly schedules?: Readonly<Record<string, ScalingSchedule>> | undefined;
}

// The figures of the deployment guide.
export const serviceAutoscalingDefaults = {
  cpuPercent: 70,
  scaleOutCooldownSec: 60,
  scaleInCooldownSec: 300,
  schedules: {},
} as const satisfies Partial<ServiceAutoscaling>;

export type CompleteServiceAutoscaling = WithDefaults<ServiceAutoscaling, typeof serviceAutoscalingDefaults>;

export const SERVICE_AUTOSCALING_PROPS: kind.Shape<ServiceAutoscaling> = {
  minCount: kind.number,
  maxCount: kind.number,
  cpuPercent: kind.numberOrFalse,
  memoryPercent: kind.number,
  requestsPerTask: kind.number,
  connectionsPerTask: kind.number,
  scaleOutCooldownSec: kind.number,
  scaleInCooldownSec: kind.number,
  schedules: kind.record(
    kind.object<ScalingSchedule>({
      schedule: kind.string,
      timezone: kind.string,
      minCount: kind.number,
      maxCount: kind.number,
    }),
  ),
};
