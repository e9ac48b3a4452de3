import { type AlarmSpec } from "../../alarm";
import { metricFactory, multiply } from "../../metric";
import { type CompleteThresholds } from "../../thresholds/props";
import { graph, type Row, section } from "../../dashboard/widgets";

/** What monitoring needs of an RDS instance or Aurora cluster: ours, or one that exists already. */
export interface MonitoredDatabase {
  /** Identifier of the instance, or of the cluster. */
  readonly identifier: string;
  /**
   * Whether it is an Aurora cluster.
   * @default false
   */
  readonly isCluster?: boolean;
  /**
   * Identifiers of its read replicas, whose events are told, too.
   * @default none
   */
  readonly readReplicaIdentifiers?: readonly string[];
  /**
   * Size of an instance's storage, GiB.
   * @default not known: the alarm is on GiB that are left
   */
  readonly allocatedStorageGiB?: number;
  /**
   * Most connections that it takes (`max_connections`).
   * @default not known: the alarm is on a plain count
   */
  readonly maxConnections?: number;
}

const MIB = 2 ** 20;
const GIB = 2 ** 30;

function metrics({ identifier, isCluster }: MonitoredDatabase) {
  return metricFactory(
    "AWS/RDS",
    isCluster ? { DBClusterIdentifier: identifier } : { DBInstanceIdentifier: identifier },
  );
}

// A database that restarts or fails over reports nothing for minutes; what users notice of it has alarms of its own.
const SILENCE = { missingData: "notBreaching" } as const;

/** Three of five periods of a minute: a vacuum or a backup passes. */
const LASTING = { datapoints: 3, periods: 5 } as const;

function connectionLimit({ maxConnections }: MonitoredDatabase, thresholds: CompleteThresholds): number {
  return maxConnections === undefined
    ? thresholds.databaseConnections
    : multiply(maxConnections, thresholds.databaseConnectionsPercent / 100);
}

function storageLimitBytes({ allocatedStorageGiB }: MonitoredDatabase, thresholds: CompleteThresholds): number {
  return allocatedStorageGiB === undefined
    ? multiply(thresholds.databaseFreeStorageGiB, GIB)
    : multiply(allocatedStorageGiB, (GIB * thresholds.databaseFreeStoragePercent) / 100);
}

export function databaseAlarms(database: MonitoredDatabase, thresholds: CompleteThresholds): AlarmSpec[] {
  const metric = metrics(database);
  return [
    {
      id: "database-cpu",
      description: "The database is short of CPU. Look at Performance Insights for the query that costs most.",
      watch: metric("CPUUtilization", "Average", 300),
      comparison: ">",
      threshold: thresholds.databaseCpuPercent,
      datapoints: 2,
      periods: 2,
      ...SILENCE,
    },
    {
      id: "database-connections",
      description:
        "The database is near its most connections; beyond it every new one fails. Look for a leak or too many tasks.",
      watch: metric("DatabaseConnections", "Maximum"),
      comparison: ">",
      threshold: connectionLimit(database, thresholds),
      ...LASTING,
      ...SILENCE,
    },
    {
      id: "database-memory",
      description:
        "The database has no memory left and begins to swap. Look for too many connections; take a larger class.",
      watch: metric("FreeableMemory", "Average"),
      comparison: "<",
      threshold: multiply(thresholds.databaseFreeableMemoryMiB, MIB),
      ...LASTING,
      ...SILENCE,
    },
    ...(["Read", "Write"] as const).map((direction): AlarmSpec => ({
      id: `database-${direction.toLowerCase()}-latency`,
      description: `The disk takes long to ${direction.toLowerCase()}: IOPS or throughput are used up. Look at the disk queue.`,
      watch: metric(`${direction}Latency`, "Average"),
      comparison: ">",
      // CloudWatch has seconds.
      threshold: multiply(thresholds[`database${direction}LatencyMs`], 0.001),
      ...LASTING,
      ...SILENCE,
    })),
    ...(database.isCluster ? [replicaLag(database, thresholds)] : [freeStorage(database, thresholds)]),
  ];
}

/** Aurora's storage grows by itself; its readers can fall behind. */
function replicaLag(database: MonitoredDatabase, thresholds: CompleteThresholds): AlarmSpec {
  return {
    id: "database-replica-lag",
    description: "Readers are behind the writer: history read from them misses messages. Look at load on the readers.",
    watch: metrics(database)("AuroraReplicaLag", "Maximum"),
    comparison: ">",
    threshold: thresholds.databaseReplicaLagMs,
    ...LASTING,
    // A cluster with no reader has no such number.
    missingData: "notBreaching",
  };
}

function freeStorage(database: MonitoredDatabase, thresholds: CompleteThresholds): AlarmSpec {
  return {
    id: "database-free-storage",
    description:
      "The disk is filling up; when it is full the database stops. Look at its largest tables and at replication slots.",
    watch: metrics(database)("FreeStorageSpace", "Minimum", 300),
    comparison: "<",
    threshold: storageLimitBytes(database, thresholds),
    datapoints: 1,
    periods: 1,
    ...SILENCE,
  };
}

export function databaseRows(database: MonitoredDatabase, thresholds: CompleteThresholds): Row[] {
  const metric = metrics(database);
  const last = database.isCluster
    ? { title: "Replica lag in ms", label: "slowest reader", watch: metric("AuroraReplicaLag", "Maximum") }
    : { title: "Free storage in bytes", label: "free", watch: metric("FreeStorageSpace", "Minimum") };
  return [
    section("Database"),
    [
      graph({
        title: "CPU %",
        width: 6,
        series: [{ label: "CPU", watch: metric("CPUUtilization", "Average") }],
        limit: thresholds.databaseCpuPercent,
      }),
      graph({
        title: "Connections",
        width: 6,
        series: [{ label: "open", watch: metric("DatabaseConnections", "Maximum") }],
        limit: connectionLimit(database, thresholds),
      }),
      graph({
        title: "Disk latency in seconds",
        width: 6,
        series: [
          { label: "read", watch: metric("ReadLatency", "Average") },
          { label: "write", watch: metric("WriteLatency", "Average") },
        ],
      }),
      graph({ title: last.title, width: 6, series: [{ label: last.label, watch: last.watch }] }),
    ],
  ];
}
