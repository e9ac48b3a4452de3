import { type AlarmSpec } from "../../alarm";
import { type Metric } from "../../metric";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { nodeMetric, serverlessMetric } from "./metrics";
import { type MonitoredCache } from "./props";

const ONCE = { datapoints: 1, periods: 1 } as const;
const LASTING = { datapoints: 3, periods: 5 } as const;

// Redis reports nothing while it fails over or is patched; if users are affected, the app's adapter metric shows it.
const SILENCE = { missingData: "notBreaching" } as const;

export function cacheAlarms(cache: MonitoredCache, thresholds: CompleteThresholds): AlarmSpec[] {
  return cache.kind === "nodes"
    ? cache.nodeIds.flatMap((nodeId) => nodeAlarms(nodeId, thresholds))
    : serverlessAlarms(cache.serverlessName, thresholds);
}

function nodeAlarms(nodeId: string, thresholds: CompleteThresholds): AlarmSpec[] {
  const metric = nodeMetric(nodeId);
  const above = (watch: Metric, threshold: number) => ({ watch, threshold, comparison: ">", ...SILENCE }) as const;
  return [
    {
      id: `cache-${nodeId}-cpu`,
      description:
        "Redis's single thread is near its limit, so the fan-out slows down. Look at the slow log; use a faster node type.",
      ...above(metric("EngineCPUUtilization", "Average"), thresholds.cacheCpuPercent),
      ...LASTING,
    },
    {
      id: `cache-${nodeId}-memory`,
      description: "Redis is nearly out of memory and will evict keys next. Look for keys without an expiry.",
      ...above(metric("DatabaseMemoryUsagePercentage", "Maximum"), thresholds.cacheMemoryPercent),
      ...LASTING,
    },
    evictionsAlarm(`cache-${nodeId}-evictions`, metric("Evictions", "Sum"), thresholds),
    {
      id: `cache-${nodeId}-replication-lag`,
      description:
        "The replica is behind the primary: a failover now would lose the writes that it has not received. Look at network and write load.",
      ...above(metric("ReplicationLag", "Maximum"), thresholds.cacheReplicationLagSec),
      ...LASTING,
    },
    connectionsAlarm(`cache-${nodeId}-connections`, metric("CurrConnections", "Maximum"), thresholds),
    ...(["In", "Out"] as const).map((direction): AlarmSpec => ({
      id: `cache-${nodeId}-bandwidth-${direction.toLowerCase()}`,
      description:
        "Traffic exceeds the node's network allowance: packets are queued or dropped. Use a larger node type.",
      ...above(
        metric(`NetworkBandwidth${direction}AllowanceExceeded`, "Sum"),
        thresholds.cacheBandwidthExceededPerMinute,
      ),
      ...LASTING,
    })),
  ];
}

function serverlessAlarms(serverlessName: string, thresholds: CompleteThresholds): AlarmSpec[] {
  const metric = serverlessMetric(serverlessName);
  return [
    {
      id: "cache-throttled",
      description:
        "The cache cannot scale as fast as the load grows and refuses commands. Look for a burst; raise its minimum capacity.",
      watch: metric("ThrottledCmds", "Sum"),
      comparison: ">",
      threshold: thresholds.cacheThrottledCommandsPerMinute,
      ...ONCE,
      ...SILENCE,
    },
    evictionsAlarm("cache-evictions", metric("Evictions", "Sum"), thresholds),
    connectionsAlarm("cache-connections", metric("CurrConnections", "Maximum"), thresholds),
  ];
}

function evictionsAlarm(id: string, watch: Metric, thresholds: CompleteThresholds): AlarmSpec {
  return {
    id,
    description:
      "Redis evicted keys because memory was full: presence and rate limits lose state. Look at memory use and expiries.",
    watch,
    comparison: ">",
    threshold: thresholds.cacheEvictionsPerMinute,
    ...ONCE,
    ...SILENCE,
  };
}

function connectionsAlarm(id: string, watch: Metric, thresholds: CompleteThresholds): AlarmSpec {
  return {
    id,
    description:
      "There are far more connections than tasks need: a client opens connections and does not close them. Look at the last deployment.",
    watch,
    comparison: ">",
    threshold: thresholds.cacheConnections,
    ...LASTING,
    ...SILENCE,
  };
}
