import { type AlarmSpec } from "../../alarm";
import { type Metric, type MetricMath } from "../../metric";
import { graph, type Places } from "../../places";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { serviceMetrics } from "./metrics";
import { type MonitoredService } from "./props";

export function serviceAlarms(service: MonitoredService, thresholds: CompleteThresholds, places: Places): AlarmSpec[] {
  const { cpu, memory, running, desired } = serviceMetrics(service);
  const high = { comparison: ">", datapoints: 2, periods: 2 } as const;
  return [
    {
      id: "high-cpu",
      wrong: "Tasks are short of CPU, so latency rises.",
      look: [graph("Service", "CPU %"), ...places.taskLogs],
      first: "look for a busy loop or a flood of requests; if the load is real, raise the maximum task count.",
      watch: cpu,
      threshold: thresholds.serviceCpuPercent,
      // Without tasks there is no CPU metric; `tasks-missing` covers that.
      missingData: "notBreaching",
      ...high,
    },
    {
      id: "high-memory",
      wrong: "Tasks are near their memory limit; beyond it they are killed and lose all their connections.",
      look: [graph("Service", "Memory %"), ...places.taskEvents],
      first: "undo the last deployment if memory has grown since; if the load is real, give tasks more memory.",
      watch: memory,
      threshold: thresholds.serviceMemoryPercent,
      missingData: "notBreaching",
      ...high,
    },
    ...missingTasksAlarm(running, desired, service.minCount, places),
  ];
}

/** Evaluates ten minutes, longer than a task takes to start, so that a deployment or a scale-out does not set it off. */
function missingTasksAlarm(
  running: Metric,
  desired: Metric | undefined,
  minimum: number | undefined,
  places: Places,
): AlarmSpec[] {
  const spec = {
    id: "tasks-missing",
    wrong: "Fewer tasks run than desired: they crash or cannot be placed.",
    look: [...places.taskEvents, ...places.taskLogs],
    first: "read why the last task stopped; undo the last deployment if it crashes.",
    // Not all periods, because a service that crashes in a loop reaches its full count from time to time.
    datapoints: 8,
    periods: 10,
    userFacing: true,
  } as const;
  if (desired) {
    const watch: MetricMath = { expression: "desired - running", metrics: { desired, running } };
    // Container Insights begins to report minutes after the cluster is created; until then a new environment must not alarm.
    return [{ ...spec, watch, comparison: ">", threshold: 0, missingData: "missing" }];
  }
  // No sample means that no task runs.
  return minimum === undefined || minimum === 0
    ? []
    : [{ ...spec, watch: running, comparison: "<", threshold: minimum, missingData: "breaching" }];
}
