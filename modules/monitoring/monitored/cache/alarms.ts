import { type AlarmSpec } from "../../alarm";
import { type Metric } from "../../metric";
import { graph, type Places } from "../../places";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { nodeMetric, serverlessMetric } from "./metrics";
import { type MonitoredCache } from "./props";

const ONCE = { datapoints: 1, periods: 1 } as const;
const LASTING = { datapoints: 3, periods: 5 } as const;

// Redis reports nothing while it fails over or is patched; if users are affected, the app's adapter metric shows it.
const SILENCE = { missingData: "notBreaching" } as const;

export function cacheAlarms(cache: MonitoredCache, thresholds: CompleteThresholds, places: Places): AlarmSpec[] {
  return cache.kind === "nodes"
    ? cache.nodeIds.flatMap((nodeId) => nodeAlarms(nodeId, thresholds, places))
    : serverlessAlarms(cache.serverlessName, thresholds);
}

function nodeAlarms(nodeId: string, thresholds: CompleteThresholds, places: Places): AlarmSpec[] {
  const metric = nodeMetric(nodeId);
  const above = (watch: Metric, threshold: number) => ({ watch, threshold, comparison: ">", ...SILENCE }) as const;
  return [
    {
      id: `cache-${nodeId}-cpu`,
      entry: "cache-cpu",
      wrong: "Redis's single thread is near its limit, so the fan-out slows down.",
      look: [graph("Cache", "Engine CPU %"), ...places.cacheCommands],
      first: "look for an expensive command; if there is none, use a faster node type or more shards.",
      ...above(metric("EngineCPUUtilization", "Average"), thresholds.cacheCpuPercent),
      ...LASTING,
    },
    {
      id: `cache-${nodeId}-memory`,
      entry: "cache-memory",
      wrong: "Redis is nearly out of memory and will evict keys next.",
      look: [graph("Cache", "Memory %")],
      first: "look for keys without an expiry; if the data is needed, use a larger node type.",
      ...above(metric("DatabaseMemoryUsagePercentage", "Maximum"), thresholds.cacheMemoryPercent),
      ...LASTING,
    },
    evictionsAlarm(`cache-${nodeId}-evictions`, metric("Evictions", "Sum"), thresholds),
    {
      id: `cache-${nodeId}-replication-lag`,
      entry: "cache-replication-lag",
      wrong: "The replica is behind the primary: a failover now would lose the writes that it has not received.",
      look: [graph("Cache", "Engine CPU %"), ...places.cacheCommands],
      first: "compare with the alarms on the network allowance; reduce what is written, or use a larger node type.",
      ...above(metric("ReplicationLag", "Maximum"), thresholds.cacheReplicationLagSec),
      ...LASTING,
    },
    connectionsAlarm(`cache-${nodeId}-connections`, metric("CurrConnections", "Maximum"), thresholds),
    ...(["In", "Out"] as const).map((direction): AlarmSpec => ({
      id: `cache-${nodeId}-bandwidth-${direction.toLowerCase()}`,
      entry: `cache-bandwidth-${direction.toLowerCase()}`,
      wrong: "Traffic exceeds the node's network allowance: packets are queued or dropped.",
      look: [graph("Cache", "Connections")],
      first: "use a larger node type if the load is real; else look for a client that sends large values.",
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
      wrong: "The cache cannot scale as fast as the load grows and refuses commands.",
      look: [graph("Cache", "Processing units")],
      first: "look for a burst; if it is real, raise the limit of ECPU per second or the minimum capacity.",
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
    entry: "cache-evictions",
    wrong: "Redis evicted keys because memory was full: presence and rate limits lose state.",
    look: [graph("Cache", "Evictions")],
    first: "look for keys without an expiry; if the data is needed, use a larger cache.",
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
    entry: "cache-connections",
    wrong: "There are far more connections than the tasks need: a client opens connections and does not close them.",
    look: [graph("Cache", "Connections")],
    first: "undo the last deployment if it began with it; else find out which client it is.",
    watch,
    comparison: ">",
    threshold: thresholds.cacheConnections,
    ...LASTING,
    ...SILENCE,
  };
}
