import { withDefaults } from "../../core/props";
import { type Thresholds } from "./props";

export const thresholdDefaults = {
  // Used when the autoscaler's target is not known. Over two periods of five minutes, in which it has had time to act.
  serviceCpuPercent: 80,
  // Used when the autoscaler's target is not known. Above its memory limit the container is killed without warning, and the task loses every connection.
  serviceMemoryPercent: 85,
  // Room for the logs of a busy day, which are rotated, while somebody looks.
  instanceDiskPercent: 85,
  // Fewer requests a minute make no meaningful percentage: one failure in three would page someone.
  requestFloorPerMinute: 20,
  // A count, not a percentage: in a complete outage no request is counted, and a percentage of none would never alarm.
  loadBalancerErrorsPerMinute: 10,
  targetErrorPercent: 5,
  // In addition to the time for which a healthy long-polling request is held.
  responseTimeSec: 2,
  // A load balancer refuses connections only at its limit, so one is too many.
  rejectedConnectionsPerMinute: 0,
  databaseCpuPercent: 80,
  databaseFreeStoragePercent: 15,
  // RDS adds storage when 10 % are left, which is planned; with half of that left, it did not. Source: RDS user guide, "Storage autoscaling".
  databaseFreeGrowingStoragePercent: 5,
  // Used when the size is not known: enough for a day of logs and a vacuum.
  databaseFreeStorageGiB: 5,
  databaseConnectionsPercent: 80,
  // Used when the limit is not known: 70 % of what the smallest class (1 GiB) accepts.
  databaseConnections: 80,
  // With less, the database swaps and every query becomes slow.
  databaseFreeableMemoryPercent: 5,
  // Used when the memory is not known.
  databaseFreeableMemoryMiB: 64,
  // gp3 answers within a few milliseconds; ten times that means that requests queue.
  databaseReadLatencyMs: 20,
  databaseWriteLatencyMs: 20,
  databaseReplicaLagMs: 1000,
  // While the source writes nothing, a replica of PostgreSQL reports a lag of up to five minutes. Source: RDS user guide, "Monitoring replication lag".
  databaseReadReplicaLagSec: 360,
  databaseProxyConnectionsPercent: 80,
  // A healthy proxy lends a connection within milliseconds.
  databaseProxyBorrowMs: 1000,
  // Redis runs commands on one thread; the rest of this core is its headroom.
  cacheCpuPercent: 80,
  // A failover copies the data set; without free memory for it the replica falls behind.
  cacheMemoryPercent: 80,
  // Presence and rate limits are state, not a cache: each evicted key is a loss.
  cacheEvictionsPerMinute: 0,
  cacheReplicationLagSec: 5,
  // Used when the number of tasks is not known: each holds a few connections, so thousands are a leak.
  cacheConnections: 5000,
  cacheBandwidthExceededPerMinute: 0,
  cacheThrottledCommandsPerMinute: 0,
  // Either a flood, or a rule that blocks legitimate users.
  wafBlockedPerMinute: 200,
  distributionErrorPercent: 5,
  // ACM renews 60 days before the end, certificates of 198 days 45 days before; with 30 left it has failed. Source: ACM user guide, "Managed renewal".
  certificateDaysLeft: 30,
  // Used when the autoscaler's target is not known.
  openConnectionsPerTask: 2000,
  // A message that stays unconfirmed for longer is likely to be sent again.
  ackLatencyMs: 500,
  deliveryLatencyMs: 1000,
  // An event loop that lags by this much soon answers neither pings nor health checks in time.
  eventLoopLagMs: 200,
  connectionDropPercent: 50,
  // Fewer open connections make no meaningful percentage.
  connectionDropFloor: 50,
} as const satisfies Required<Thresholds>;

export type CompleteThresholds = Readonly<Required<Thresholds>>;

export function completeThresholds(thresholds: Thresholds | undefined): CompleteThresholds {
  return withDefaults(thresholdDefaults, thresholds ?? {});
}
