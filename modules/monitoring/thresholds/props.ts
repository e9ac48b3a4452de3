import * as kind from "../../core/kinds";

/** Values at which alarms go off; the defaults, each with its reason, are in `defaults.ts`. */
export interface Thresholds {
  readonly serviceCpuPercent?: number | undefined;
  readonly serviceMemoryPercent?: number | undefined;
  /** Of the fullest disk of an instance. */
  readonly instanceDiskPercent?: number | undefined;
  /** Requests a minute below which no error percentage is computed. */
  readonly requestFloorPerMinute?: number | undefined;
  /** 5xx responses of the load balancer itself. */
  readonly loadBalancerErrorsPerMinute?: number | undefined;
  /** Percentage of the app's responses that are 5xx. */
  readonly targetErrorPercent?: number | undefined;
  /** Seconds (p99) above the time for which a healthy long-polling request is held. */
  readonly responseTimeSec?: number | undefined;
  readonly rejectedConnectionsPerMinute?: number | undefined;
  readonly databaseCpuPercent?: number | undefined;
  /** Of the allocated storage, if that is known and does not grow by itself. */
  readonly databaseFreeStoragePercent?: number | undefined;
  /** Of the storage at creation, if that is known and RDS lets it grow. */
  readonly databaseFreeGrowingStoragePercent?: number | undefined;
  /** Takes the place of the percentages. */
  readonly databaseFreeStorageGiB?: number | undefined;
  /** Of the connections that the database accepts, if that is known. */
  readonly databaseConnectionsPercent?: number | undefined;
  /** Takes the place of the percentage. */
  readonly databaseConnections?: number | undefined;
  /** Of an instance's memory, if that is known. */
  readonly databaseFreeableMemoryPercent?: number | undefined;
  /** Takes the place of the percentage. */
  readonly databaseFreeableMemoryMiB?: number | undefined;
  readonly databaseReadLatencyMs?: number | undefined;
  readonly databaseWriteLatencyMs?: number | undefined;
  /** Of the readers of an Aurora cluster. */
  readonly databaseReplicaLagMs?: number | undefined;
  /** Of a read replica of an RDS instance. */
  readonly databaseReadReplicaLagSec?: number | undefined;
  /** Of the connections that the proxy may open to the database. */
  readonly databaseProxyConnectionsPercent?: number | undefined;
  /** Average time that a client waits for a connection from the proxy. */
  readonly databaseProxyBorrowMs?: number | undefined;
  readonly cacheCpuPercent?: number | undefined;
  readonly cacheMemoryPercent?: number | undefined;
  readonly cacheEvictionsPerMinute?: number | undefined;
  readonly cacheReplicationLagSec?: number | undefined;
  readonly cacheConnections?: number | undefined;
  readonly cacheBandwidthExceededPerMinute?: number | undefined;
  readonly cacheThrottledCommandsPerMinute?: number | undefined;
  /** Requests that the web ACL blocks, per minute. */
  readonly wafBlockedPerMinute?: number | undefined;
  /** Percentage of the distribution's responses that are 5xx. */
  readonly distributionErrorPercent?: number | undefined;
  /** Days until a certificate expires. */
  readonly certificateDaysLeft?: number | undefined;
  readonly openConnectionsPerTask?: number | undefined;
  /** p99 of the time until a sent message is acknowledged. */
  readonly ackLatencyMs?: number | undefined;
  /** p99 of the time until a message is delivered to its recipients. */
  readonly deliveryLatencyMs?: number | undefined;
  /** p99 of the time by which timers run late. */
  readonly eventLoopLagMs?: number | undefined;
  /** Percentage of all open connections lost within five minutes. */
  readonly connectionDropPercent?: number | undefined;
  /** Number of open connections, over all tasks, below which no drop is computed. */
  readonly connectionDropFloor?: number | undefined;
}

export const THRESHOLDS = kind.object<Thresholds>({
  serviceCpuPercent: kind.number,
  serviceMemoryPercent: kind.number,
  instanceDiskPercent: kind.number,
  requestFloorPerMinute: kind.number,
  loadBalancerErrorsPerMinute: kind.number,
  targetErrorPercent: kind.number,
  responseTimeSec: kind.number,
  rejectedConnectionsPerMinute: kind.number,
  databaseCpuPercent: kind.number,
  databaseFreeStoragePercent: kind.number,
  databaseFreeGrowingStoragePercent: kind.number,
  databaseFreeStorageGiB: kind.number,
  databaseConnectionsPercent: kind.number,
  databaseConnections: kind.number,
  databaseFreeableMemoryPercent: kind.number,
  databaseFreeableMemoryMiB: kind.number,
  databaseReadLatencyMs: kind.number,
  databaseWriteLatencyMs: kind.number,
  databaseReplicaLagMs: kind.number,
  databaseReadReplicaLagSec: kind.number,
  databaseProxyConnectionsPercent: kind.number,
  databaseProxyBorrowMs: kind.number,
  cacheCpuPercent: kind.number,
  cacheMemoryPercent: kind.number,
  cacheEvictionsPerMinute: kind.number,
  cacheReplicationLagSec: kind.number,
  cacheConnections: kind.number,
  cacheBandwidthExceededPerMinute: kind.number,
  cacheThrottledCommandsPerMinute: kind.number,
  wafBlockedPerMinute: kind.number,
  distributionErrorPercent: kind.number,
  certificateDaysLeft: kind.number,
  openConnectionsPerTask: kind.number,
  ackLatencyMs: kind.number,
  deliveryLatencyMs: kind.number,
  eventLoopLagMs: kind.number,
  connectionDropPercent: kind.number,
  connectionDropFloor: kind.number,
});
