import { graph, logTable, numbers, type Row, section } from "../../dashboard/widgets";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { serviceMetrics } from "./metrics";
import { type MonitoredService } from "./props";

export function serviceNumbers(service: MonitoredService): Row {
  const { running, desired } = serviceMetrics(service);
  const series = [{ label: "running", watch: running }, ...(desired ? [{ label: "wanted", watch: desired }] : [])];
  return [numbers({ title: "Tasks", width: 4, series })];
}

export function serviceRows(service: MonitoredService, thresholds: CompleteThresholds): Row[] {
  const { cpu, cpuMax, memory, memoryMax } = serviceMetrics(service);
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

/** Matches pino's numeric levels, the level names of other loggers, and unstructured text. */
const ERROR_FILTER = 'level >= 50 or level in ["error", "fatal"] or @message like /(?i)\\b(error|fatal|exception)\\b/';

export function logRows({ logGroupName }: Pick<MonitoredService, "logGroupName">): Row[] {
  if (logGroupName === undefined) return [];
  const query = `fields @timestamp, @message | filter ${ERROR_FILTER} | sort @timestamp desc | limit 50`;
  return [section("Logs"), [logTable({ title: "Last errors", logGroupName, query })]];
}
