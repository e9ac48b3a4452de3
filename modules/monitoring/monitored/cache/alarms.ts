import { type AlarmSpec } from "../../alarm";
import { type Metric, metricFactory } from "../../metric";
import { type CompleteThresholds } from "../../thresholds/props";
import { graph, type Row, section } from "../../dashboard/widgets";

/** What monitoring needs of an ElastiCache replication group or serverless cache: ours, or one that exists already. */
export type MonitoredCache =
  | {
      readonly kind: "nodes";
      /** Ids of the nodes, literals: `crm-cache-001`. */
      readonly nodeIds: readonly string[];
    }
  | {
      readonly kind: "serverless";
      readonly serverlessName: string;
    };

const NAMESPACE = "AWS/ElastiCache";

const ONCE = { datapoints: 1, periods: 1 } as const;
const LASTING = { datapoints: 3, periods: 5 } as const;

// Redis pauses while it fails over or is patched; that users are cut off shows in the app's own adapter metric.
const SILENCE = { missingData: "notBreaching" } as const;

export function cacheAlarms(cache: MonitoredCache, thresholds: CompleteThresholds): AlarmSpec[] {
  return cache.kind === "nodes"
    ? cache.nodeIds.flatMap((nodeId) => nodeAlarms(nodeId, thresholds))
    : serverlessAlarms(cache.serverlessName, thresholds);
}

function nodeMetrics(nodeId: string) {
  return metricFactory(NAMESPACE, { CacheClusterId: nodeId });
}

function nodeAlarms(nodeId: string, thresholds: CompleteThresholds): AlarmSpec[] {
  const metric = nodeMetrics(nodeId);
  const above = (watch: Metric, threshold: number) => ({ watch, threshold, comparison: ">", ...SILENCE }) as const;
  return [
    {
      id: `cache-${nodeId}-cpu`,
      description:
        "Redis runs on one thread and is nearly full: fan-out gets slow. Look at the slow log; take a faster node.",
      ...above(metric("EngineCPUUtilization", "Average"), thresholds.cacheCpuPercent),
      ...LASTING,
    },
    {
      id: `cache-${nodeId}-memory`,
      description: "Redis is nearly out of memory; what comes next is evictions. Look for keys without an expiry.",
      ...above(metric("DatabaseMemoryUsagePercentage", "Maximum"), thresholds.cacheMemoryPercent),
      ...LASTING,
    },
    evictions(`cache-${nodeId}-evictions`, metric("Evictions", "Sum"), thresholds),
    {
      id: `cache-${nodeId}-replication-lag`,
      description:
        "The replica is behind: a failover now would lose what it has not got. Look at the network and write load.",
      ...above(metric("ReplicationLag", "Maximum"), thresholds.cacheReplicationLagSec),
      ...LASTING,
    },
    connections(`cache-${nodeId}-connections`, metric("CurrConnections", "Maximum"), thresholds),
    ...(["In", "Out"] as const).map((direction): AlarmSpec => ({
      id: `cache-${nodeId}-bandwidth-${direction.toLowerCase()}`,
      description: "Traffic is beyond what the node may carry: packets queue or drop. Take a larger node.",
      ...above(
        metric(`NetworkBandwidth${direction}AllowanceExceeded`, "Sum"),
        thresholds.cacheBandwidthExceededPerMinute,
      ),
      ...LASTING,
    })),
  ];
}

function serverlessAlarms(name: string, thresholds: CompleteThresholds): AlarmSpec[] {
  const metric = metricFactory(NAMESPACE, { clusterName: name });
  return [
    {
      id: "cache-throttled",
      description:
        "The cache cannot grow as fast as load does and refuses commands. Look for a burst; raise its minimum.",
      watch: metric("ThrottledCmds", "Sum"),
      comparison: ">",
      threshold: thresholds.cacheThrottledCommandsPerMinute,
      ...ONCE,
      ...SILENCE,
    },
    evictions("cache-evictions", metric("Evictions", "Sum"), thresholds),
    connections("cache-connections", metric("CurrConnections", "Maximum"), thresholds),
  ];
}

function evictions(id: string, watch: Metric, thresholds: CompleteThresholds): AlarmSpec {
  return {
    id,
    description:
      "Redis threw keys away for want of memory: presence and rate limits lose state. Look at memory and expiries.",
    watch,
    comparison: ">",
    threshold: thresholds.cacheEvictionsPerMinute,
    ...ONCE,
    ...SILENCE,
  };
}

function connections(id: string, watch: Metric, thresholds: CompleteThresholds): AlarmSpec {
  return {
    id,
    description: "Far more connections than tasks need: somebody opens and never closes. Look at the last deploy.",
    watch,
    comparison: ">",
    threshold: thresholds.cacheConnections,
    ...LASTING,
    ...SILENCE,
  };
}

export function cacheRows(cache: MonitoredCache, thresholds: CompleteThresholds): Row[] {
  const sources =
    cache.kind === "nodes"
      ? cache.nodeIds.map((nodeId) => [nodeId, nodeMetrics(nodeId)] as const)
      : [[cache.serverlessName, metricFactory(NAMESPACE, { clusterName: cache.serverlessName })] as const];
  const [load, memory] =
    cache.kind === "nodes"
      ? ([
          ["Engine CPU %", "EngineCPUUtilization", "Average", thresholds.cacheCpuPercent],
          ["Memory %", "DatabaseMemoryUsagePercentage", "Maximum", thresholds.cacheMemoryPercent],
        ] as const)
      : ([
          ["Processing units", "ElastiCacheProcessingUnits", "Sum", undefined],
          ["Bytes used", "BytesUsedForCache", "Maximum", undefined],
        ] as const);
  const charts = [
    load,
    memory,
    ["Evictions", "Evictions", "Sum", undefined],
    ["Connections", "CurrConnections", "Maximum", undefined],
  ] as const;
  return [
    section("Cache"),
    charts.map(([title, metricName, statistic, limit]) =>
      graph({
        title,
        width: 6,
        series: sources.map(([label, metric]) => ({ label, watch: metric(metricName, statistic) })),
        ...(limit === undefined ? {} : { limit }),
      }),
    ),
  ];
}
