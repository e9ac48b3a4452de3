import * as kind from "../../../core/kinds";

/** What monitoring needs to know about instances of EC2 in an Auto Scaling group, from this package or not. */
export interface MonitoredInstances {
  readonly autoScalingGroupName: string;
  /**
   * Namespace in which their CloudWatch agent reports `mem_used_percent` and `disk_used_percent` by group.
   * @default no alarms on memory and disk
   */
  readonly metricsNamespace?: string | undefined;
  /**
   * Log group of their processes, named by the descriptions of alarms.
   * @default no logs are named
   */
  readonly logGroupName?: string | undefined;
  /**
   * Fewest instances that should be in service; needs the group metric `GroupInServiceInstances`.
   * @default no alarm on missing instances
   */
  readonly minCount?: number | undefined;
  /**
   * Most instances that the group may have; needs the group metric `GroupDesiredCapacity`.
   * @default no alarm on a group that cannot grow
   */
  readonly maxCount?: number | undefined;
  /**
   * Open connections per process that the autoscaler keeps.
   * @default not known: the alarm compares a fixed number
   */
  readonly connectionsPerProcess?: number | undefined;
  /**
   * Mean CPU that the autoscaler keeps, in percent.
   * @default not known: the alarm compares a fixed percentage
   */
  readonly targetCpuPercent?: number | undefined;
}

export const INSTANCES = kind.looseObject<MonitoredInstances>({
  autoScalingGroupName: kind.string,
  metricsNamespace: kind.string,
  logGroupName: kind.string,
  minCount: kind.number,
  maxCount: kind.number,
  connectionsPerProcess: kind.number,
  targetCpuPercent: kind.number,
});
