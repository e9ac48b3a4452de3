import * as kind from "../../../core/kinds";

/** What monitoring needs to know about an RDS instance or Aurora cluster, from this package or not. */
export interface MonitoredDatabase {
  /** Identifier of the instance or cluster. */
  readonly identifier: string;
  /**
   * Whether it is an Aurora cluster.
   * @default false
   */
  readonly isCluster?: boolean;
  /**
   * Identifiers of its read replicas, whose events are reported too.
   * @default none
   */
  readonly readReplicaIdentifiers?: readonly string[];
  /**
   * Storage of an instance, GiB.
   * @default not known: the alarm compares free GiB instead of a percentage
   */
  readonly allocatedStorageGiB?: number;
  /**
   * Most connections that the database accepts (`max_connections`).
   * @default not known: the alarm compares a count instead of a percentage
   */
  readonly maxConnections?: number;
}

export const DATABASE = kind.looseObject<MonitoredDatabase>({
  identifier: kind.string,
  isCluster: kind.boolean,
  readReplicaIdentifiers: kind.array(kind.string),
  allocatedStorageGiB: kind.number,
  maxConnections: kind.number,
});
