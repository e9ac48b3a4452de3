import { graph, numbers, type Row, section } from "../../dashboard/widgets";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { instanceMetrics } from "./metrics";
import { type MonitoredInstances } from "./props";

export function instanceNumbers(instances: MonitoredInstances): Row {
  const { inService, desired } = instanceMetrics(instances);
  const series = [
    { label: "in service", watch: inService },
    { label: "wanted", watch: desired },
  ];
  return [numbers({ title: "Instances", width: 4, series })];
}

export function instanceRows(instances: MonitoredInstances, thresholds: CompleteThresholds): Row[] {
  const { cpu, cpuMax, memory, disk } = instanceMetrics(instances);
  const load = graph({
    title: "CPU %",
    width: 12,
    series: [
      { label: "average", watch: { ...cpu, periodSec: 60 } },
      { label: "busiest instance", watch: cpuMax },
    ],
    limit: thresholds.serviceCpuPercent,
  });
  if (memory === undefined || disk === undefined) return [section("Instances"), [load]];
  const full = graph({
    title: "Memory and disk %",
    width: 12,
    series: [
      { label: "memory", watch: { ...memory, periodSec: 60 } },
      { label: "disk", watch: { ...disk, periodSec: 60 } },
    ],
    limit: thresholds.serviceMemoryPercent,
  });
  return [section("Instances"), [load, full]];
}
