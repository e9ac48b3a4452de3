import * as kind from "../../core/kinds";

/** Values at which alarms go off; the defaults, each with its reason, are in `defaults.ts`. */
export interface Thresholds {
  readonly serviceCpuPercent?: number;
  readonly serviceMemoryPercent?: number;
  /** Requests a minute below which no error percentage is computed. */
  readonly requestFloorPerMinute?: number;
  /** 5xx responses of the load balancer itself. */
  readonly loadBalancerErrorsPerMinute?: number;
  /** Percentage of the app's responses that are 5xx. */
  readonly targetErrorPercent?: number;
  /** Seconds (p99) above the time for which a healthy long-polling request is held. */
  readonly responseTimeSec?: number;
  readonly rejectedConnectionsPerMinute?: number;
  readonly databaseCpuPercent?: number;
  /** Of the allocated storage, if that is known and does not grow by itself. */
  readonly databaseFreeStoragePercent?: number;
  /** Of the storage at creation, if that is known and RDS lets it grow. */
  readonly databaseFreeGrowingStoragePercent?: number;
  /** Takes the place of the percentages. */
  readonly databaseFreeStorageGiB?: number;
  /** Of the connections that the database accepts, if that is known. */
  readonly databaseConnectionsPercent?: number;
  /** Takes the place of the percentage. */
  readonly databaseConnections?: number;
  /** Of an instance's memory, if that is known. */
  readonly databaseFreeableMemoryPercent?: number;
  /** Takes the place of the percentage. */
  readonly databaseFreeableMemoryMiB?: number;
  readonly databaseReadLatencyMs?: number;
  readonly databaseWriteLatencyMs?: number;
  /** Of the readers of an Aurora cluster. */
  readonly databaseReplicaLagMs?: number;
  /** Of a read replica of an RDS instance. */
  readonly databaseReadReplicaLagSec?: number;
  /** Of the connections that the proxy may open to the database. */
  readonly databaseProxyConnectionsPercent?: number;
  /** Average time that a client waits for a connection from the proxy. */
  readonly databaseProxyBorrowMs?: number;
  readonly cacheCpuPercent?: number;
  readonly cacheMemoryPercent?: number;
  readonly cacheEvictionsPerMinute?: number;
  readonly cacheReplicationLagSec?: number;
  readonly cacheConnections?: number;
  readonly cacheBandwidthExceededPerMinute?: number;
  readonly cacheThrottledCommandsPerMinute?: number;
  /** Requests that the web ACL blocks, per minute. */
  readonly wafBlockedPerMinute?: number;
  /** Percentage of the distribution's responses that are 5xx. */
  readonly distributionErrorPercent?: number;
  /** Days until a certificate expires. */
  readonly certificateDaysLeft?: number;
  readonly openConnectionsPerTask?: number;
  /** p99 of the time until a sent message is acknowledged. */
  readonly ackLatencyMs?: number;
  /** p99 of the time until a message is delivered to its recipients. */
  readonly deliveryLatencyMs?: number;
  /** p99 of the time by which timers run late. */
  readonly eventLoopLagMs?: number;
  /** Percentage of all open connections lost within five minutes. */
  readonly connectionDropPercent?: number;
  /** Number of open connections, over all tasks, below which no drop is computed. */
  readonly connectionDropFloor?: number;
}

export const THRESHOLDS = kind.object<Thresholds>({
  serviceCpuPercent: kind.number,
  serviceMemoryPercent: kind.number,
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
