import * as kind from "../../../core/kinds";

/** What monitoring needs to know about an RDS instance or Aurora cluster, from this package or not. */
export interface MonitoredDatabase {
  /** Identifier of the instance or cluster. */
  readonly identifier: string;
  /**
   * Whether it is an Aurora cluster.
   * @default false
   */
  readonly isCluster?: boolean | undefined;
  /**
   * Identifiers of its read replicas, whose lag and events are reported too.
   * @default none
   */
  readonly readReplicaIdentifiers?: readonly string[] | undefined;
  /**
   * Storage of an instance, GiB.
   * @default not known: the alarm compares free GiB instead of a percentage
   */
  readonly allocatedStorageGiB?: number | undefined;
  /**
   * Size up to which RDS lets the storage grow, GiB; a literal larger than `allocatedStorageGiB` makes the alarm wait for RDS.
   * @default the storage does not grow
   */
  readonly maxAllocatedStorageGiB?: number | undefined;
  /**
   * Memory of an instance, on Aurora Serverless v2 at its highest capacity, GiB.
   * @default not known: the alarm compares free MiB instead of a percentage
   */
  readonly memoryGiB?: number | undefined;
  /**
   * Most connections that the database accepts (`max_connections`).
   * @default not known: the alarm compares a count instead of a percentage
   */
  readonly maxConnections?: number | undefined;
  /**
   * Whether Performance Insights is on.
   * @default false: alarms do not name it
   */
  readonly performanceInsights?: boolean | undefined;
  /**
   * The RDS Proxy that clients connect through.
   * @default none
   */
  readonly proxy?: MonitoredProxy | undefined;
}

/** What monitoring needs to know about an RDS Proxy, from this package or not. */
export interface MonitoredProxy {
  readonly proxyName: string;
  /**
   * Seconds that a client waits for a connection at most, a literal.
   * @default not known: the alarm compares a fixed time
   */
  readonly borrowTimeoutSec?: number | undefined;
  /**
   * Log group of the proxy.
   * @default none: alarms do not name it
   */
  readonly logGroupName?: string | undefined;
}

const MONITORED_PROXY = kind.looseObject<MonitoredProxy>({
  proxyName: kind.string,
  borrowTimeoutSec: kind.number,
  logGroupName: kind.string,
});

export const DATABASE = kind.looseObject<MonitoredDatabase>({
  identifier: kind.string,
  isCluster: kind.boolean,
  readReplicaIdentifiers: kind.array(kind.string),
  allocatedStorageGiB: kind.number,
  maxAllocatedStorageGiB: kind.number,
  memoryGiB: kind.number,
  maxConnections: kind.number,
  performanceInsights: kind.boolean,
  proxy: MONITORED_PROXY,
});
