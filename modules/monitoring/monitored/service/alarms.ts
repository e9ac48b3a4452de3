import { type AlarmSpec } from "../../alarm";
import { type Metric, type MetricMath, metricFactory } from "../../metric";
import { type CompleteThresholds } from "../../thresholds/props";
import { graph, logTable, numbers, type Row, section } from "../../dashboard/widgets";

/** What monitoring needs of an ECS service: ours, or one that exists already. */
export interface MonitoredService {
  readonly clusterName: string;
  readonly serviceName: string;
  /**
   * Log group of its tasks, for the dashboard and for `logMetrics`.
   * @default no logs on the dashboard
   */
  readonly logGroupName?: string;
  /**
   * Whether the cluster has Container Insights, which counts running and wanted tasks.
   * @default true
   */
  readonly containerInsights?: boolean;
  /**
   * Fewest tasks that should run; only read without Container Insights.
   * @default no alarm on missing tasks without Container Insights
   */
  readonly minimumTaskCount?: number;
}

function metrics(service: MonitoredService) {
  const dimensions = { ClusterName: service.clusterName, ServiceName: service.serviceName };
  const ecs = metricFactory("AWS/ECS", dimensions);
  const insights = metricFactory("ECS/ContainerInsights", dimensions);
  const counted = service.containerInsights ?? true;
  return {
    cpu: ecs("CPUUtilization", "Average", 300),
    cpuMax: ecs("CPUUtilization", "Maximum"),
    memory: ecs("MemoryUtilization", "Average", 300),
    memoryMax: ecs("MemoryUtilization", "Maximum"),
    // Each task reports its CPU once a minute, so samples count tasks. Source: ECS developer guide, "Service RUNNING task count".
    running: counted ? insights("RunningTaskCount", "Average") : ecs("CPUUtilization", "SampleCount"),
    desired: counted ? insights("DesiredTaskCount", "Average") : undefined,
  };
}

export function serviceAlarms(service: MonitoredService, thresholds: CompleteThresholds): AlarmSpec[] {
  const { cpu, memory, running, desired } = metrics(service);
  const usage = { comparison: ">", datapoints: 2, periods: 2 } as const;
  return [
    {
      id: "high-cpu",
      description:
        "Tasks are short of CPU: latency follows. Look for a busy loop or a flood; raise the maximum count if load is real.",
      watch: cpu,
      threshold: thresholds.serviceCpuPercent,
      // No task, no CPU: what is missing then is tasks, and that has an alarm of its own.
      missingData: "notBreaching",
      ...usage,
    },
    {
      id: "high-memory",
      description:
        "Tasks near their memory limit are killed soon, and all their sockets drop. Look for a leak since the last deploy.",
      watch: memory,
      threshold: thresholds.serviceMemoryPercent,
      missingData: "notBreaching",
      ...usage,
    },
    ...missingTasks(running, desired, service.minimumTaskCount),
  ];
}

/** Ten minutes: longer than a task takes to start, so that a deploy or a scale-out does not count. */
function missingTasks(running: Metric, desired: Metric | undefined, minimum: number | undefined): AlarmSpec[] {
  const spec = {
    id: "tasks-missing",
    description:
      "Fewer tasks run than should: they crash or cannot be placed. Look at the service's events and stopped tasks.",
    // A service that crashes in a loop is at its full count now and then.
    datapoints: 8,
    periods: 10,
    userFacing: true,
  } as const;
  if (desired) {
    const watch: MetricMath = { expression: "desired - running", metrics: { desired, running } };
    // Container Insights begins minutes after the cluster is made: a new environment should not start with an alarm.
    return [{ ...spec, watch, comparison: ">", threshold: 0, missingData: "missing" }];
  }
  // No sample is no task.
  return minimum === undefined
    ? []
    : [{ ...spec, watch: running, comparison: "<", threshold: minimum, missingData: "breaching" }];
}

export function serviceNumbers(service: MonitoredService): Row {
  const { running, desired } = metrics(service);
  const series = [{ label: "running", watch: running }, ...(desired ? [{ label: "wanted", watch: desired }] : [])];
  return [numbers({ title: "Tasks", width: 4, series })];
}

export function serviceRows(service: MonitoredService, thresholds: CompleteThresholds): Row[] {
  const { cpu, cpuMax, memory, memoryMax } = metrics(service);
  return [
    section("Service"),
    [
      graph({
        title: "CPU %",
        width: 12,
        series: [
          { label: "average", watch: { ...cpu, periodSec: 60 } },
          { label: "busiest task", watch: cpuMax },
        ],
        limit: thresholds.serviceCpuPercent,
      }),
      graph({
        title: "Memory %",
        width: 12,
        series: [
          { label: "average", watch: { ...memory, periodSec: 60 } },
          { label: "fullest task", watch: memoryMax },
        ],
        limit: thresholds.serviceMemoryPercent,
      }),
    ],
  ];
}

/** Numbers of pino's levels and words of everybody else's. */
const ERROR_FILTER = 'level >= 50 or level in ["error", "fatal"] or @message like /(?i)\\b(error|fatal|exception)\\b/';

export function logRows({ logGroupName }: MonitoredService): Row[] {
  if (logGroupName === undefined) return [];
  const query = `fields @timestamp, @message | filter ${ERROR_FILTER} | sort @timestamp desc | limit 50`;
  return [section("Logs"), [logTable({ title: "Last errors", logGroupName, query })]];
}
