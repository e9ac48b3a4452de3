import { type MonitoringProps } from "./monitoring";
import { type Thresholds } from "./thresholds/props";

export const monitoringDefaults = {
  subscriptions: {},
  disabledAlarms: [],
  logMetrics: {},
  dashboard: true,
} as const satisfies Partial<MonitoringProps>;

export const thresholdDefaults = {
  // Two periods of five minutes; the autoscaler aims at 60 to 70 % and has had its turn by then.
  serviceCpuPercent: 80,
  // Above its memory limit the container is killed without a word, and every socket of the task drops.
  serviceMemoryPercent: 85,
  // Fewer requests than this a minute make no percentage: a single failure of three would wake somebody.
  requestFloorPerMinute: 20,
  // A count, not a share: in a full outage no request counts as one, and a share of nothing would stay silent.
  loadBalancerErrorsPerMinute: 10,
  targetErrorPercent: 5,
  // On top of the time for which a healthy long-polling request is held.
  responseTimeSec: 2,
  // A load balancer refuses connections only at its limit: one is too many.
  rejectedConnectionsPerMinute: 0,
  databaseCpuPercent: 80,
  // Storage autoscaling steps in at 10 %; nobody should learn of it from the bill.
  databaseFreeStoragePercent: 15,
  // Where the size is not known: a day of logs and a vacuum fit into it.
  databaseFreeStorageGiB: 5,
  databaseConnectionsPercent: 80,
  // Where the limit is not known: 70 % of what the smallest class (1 GiB) takes.
  databaseConnections: 80,
  // Below it PostgreSQL swaps, and every query with it.
  databaseFreeableMemoryMiB: 64,
  // gp3 answers in single milliseconds: ten times that is a queue.
  databaseReadLatencyMs: 20,
  databaseWriteLatencyMs: 20,
  databaseReplicaLagMs: 1000,
  // Redis runs commands on one thread: the rest of this one core is its head-room.
  cacheCpuPercent: 80,
  // A failover copies the data set; without room for it the replica falls behind.
  cacheMemoryPercent: 80,
  // Adapter, presence and rate limits are state, not a cache: each evicted key is a fault.
  cacheEvictionsPerMinute: 0,
  cacheReplicationLagSec: 5,
  // Tasks hold a handful of connections each: thousands are a leak.
  cacheConnections: 5000,
  cacheBandwidthExceededPerMinute: 0,
  cacheThrottledCommandsPerMinute: 0,
  // Either a flood, or a rule that shuts out our own users.
  wafBlockedPerMinute: 200,
  // Above what the autoscaler aims at: scaling out does not keep up, or has reached its maximum.
  openConnectionsPerTask: 2000,
  // Longest that a sent message may stay grey before people send it again.
  ackLatencyMs: 500,
  deliveryLatencyMs: 1000,
  // A loop that is late by this much answers no ping and no health check in time soon after.
  eventLoopLagMs: 200,
  connectionDropPercent: 50,
  // Fewer open connections than this make no percentage.
  connectionDropFloor: 50,
} as const satisfies Required<Thresholds>;
