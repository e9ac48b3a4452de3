import { type AlarmSpec } from "../../alarm";
import { add, type Metric } from "../../metric";
import { graph, type Places } from "../../places";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { instanceMetrics } from "./metrics";
import { type MonitoredInstances } from "./props";

/** Two periods of five minutes, in which the autoscaler has had time to act. */
const HIGH = { comparison: ">", datapoints: 2, periods: 2, missingData: "notBreaching" } as const;

export function instanceAlarms(
  instances: MonitoredInstances,
  thresholds: CompleteThresholds,
  places: Places,
): AlarmSpec[] {
  const { cpu, memory, disk, inService, desired } = instanceMetrics(instances);
  const { minCount, maxCount } = instances;
  return [
    {
      id: "instances-high-cpu",
      wrong: "Instances are short of CPU, so latency rises.",
      look: [graph("Instances", "CPU %"), ...places.instanceLogs],
      first: "look for a busy loop or a flood of requests; if the load is real, raise the maximum number of instances.",
      watch: cpu,
      threshold: thresholds.serviceCpuPercent,
      ...HIGH,
    },
    ...(memory && disk ? agentAlarms(memory, disk, thresholds, places) : []),
    ...(minCount ? [missingAlarm(inService, minCount, places)] : []),
    ...(maxCount === undefined ? [] : [maximumAlarm(desired, maxCount, places)]),
  ];
}

function agentAlarms(memory: Metric, disk: Metric, thresholds: CompleteThresholds, places: Places): AlarmSpec[] {
  return [
    {
      id: "instances-high-memory",
      wrong: "An instance is short of memory; a process beyond its share is killed and loses all its connections.",
      look: [graph("Instances", "Memory and disk %"), ...places.instanceLogs],
      first: "undo the last deployment if memory has grown since; if the load is real, choose a larger instance type.",
      watch: memory,
      threshold: thresholds.serviceMemoryPercent,
      ...HIGH,
    },
    {
      id: "instances-disk",
      wrong: "The disk of an instance is nearly full; then it can neither log nor refresh its secrets.",
      look: [graph("Instances", "Memory and disk %"), ...places.instanceLogs],
      first: "replace the instance; if its successor fills up too, find what writes, or raise rootVolumeGiB.",
      watch: disk,
      threshold: thresholds.instanceDiskPercent,
      ...HIGH,
    },
  ];
}

/** Evaluates fifteen minutes, longer than an instance takes to boot, so that the replacement of one does not set it off. */
function missingAlarm(inService: Metric, minCount: number, places: Places): AlarmSpec {
  return {
    id: "instances-missing",
    wrong: "Fewer instances are in service than planned: they do not boot, or EC2 has no capacity.",
    look: [...places.groupActivities, ...places.instanceLogs],
    first: "read why the last launch failed; apply the former image if a new one does not boot.",
    watch: inService,
    threshold: minCount,
    comparison: "<",
    datapoints: 12,
    periods: 15,
    // The group begins to report minutes after it is created; until then a new environment must not alarm.
    missingData: "missing",
    userFacing: true,
  };
}

function maximumAlarm(desired: Metric, maxCount: number, places: Places): AlarmSpec {
  return {
    id: "instances-at-maximum",
    wrong: "The group has as many instances as it may have, and cannot grow with the load.",
    look: [graph("Instances", "CPU %"), ...places.groupActivities],
    first: "if the load is real, raise the maximum; else look for a flood of connections or a failing instance.",
    watch: desired,
    threshold: add(maxCount, -1),
    comparison: ">",
    datapoints: 15,
    periods: 15,
    missingData: "notBreaching",
  };
}
