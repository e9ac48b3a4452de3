import { graph, type Row, section } from "../../dashboard/widgets";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { nodeMetric, serverlessMetric } from "./metrics";
import { type MonitoredCache } from "./props";

const ALL_CACHES = [
  { title: "Evictions", metricName: "Evictions", statistic: "Sum", limit: undefined },
  { title: "Connections", metricName: "CurrConnections", statistic: "Maximum", limit: undefined },
] as const;

export function cacheRows(cache: MonitoredCache, thresholds: CompleteThresholds): Row[] {
  const sources =
    cache.kind === "nodes"
      ? cache.nodeIds.map((nodeId) => ({ label: nodeId, metric: nodeMetric(nodeId) }))
      : [{ label: cache.serverlessName, metric: serverlessMetric(cache.serverlessName) }];
  const charts = [...(cache.kind === "nodes" ? nodeCharts(thresholds) : SERVERLESS_CHARTS), ...ALL_CACHES];
  return [
    section("Cache"),
    charts.map(({ title, metricName, statistic, limit }) =>
      graph({
        title,
        width: 6,
        series: sources.map(({ label, metric }) => ({ label, watch: metric(metricName, statistic) })),
        ...(limit === undefined ? {} : { limit }),
      }),
    ),
  ];
}

function nodeCharts({ cacheCpuPercent, cacheMemoryPercent }: CompleteThresholds) {
  return [
    { title: "Engine CPU %", metricName: "EngineCPUUtilization", statistic: "Average", limit: cacheCpuPercent },
    { title: "Memory %", metricName: "DatabaseMemoryUsagePercentage", statistic: "Maximum", limit: cacheMemoryPercent },
  ] as const;
}

const SERVERLESS_CHARTS = [
  { title: "Processing units", metricName: "ElastiCacheProcessingUnits", statistic: "Sum", limit: undefined },
  { title: "Bytes used", metricName: "BytesUsedForCache", statistic: "Maximum", limit: undefined },
] as const;
