import { type AlarmSpec } from "../../alarm";
import { multiply } from "../../metric";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { databaseMetric } from "./metrics";
import { type MonitoredDatabase } from "./props";

const MIB = 2 ** 20;
const GIB = 2 ** 30;

// A database reports nothing for minutes while it restarts or fails over; other alarms cover what users notice of that.
const SILENCE = { missingData: "notBreaching" } as const;

/** Three of five periods of a minute: longer than the effect of a vacuum or a backup. */
const LASTING = { datapoints: 3, periods: 5 } as const;

export function databaseAlarms(database: MonitoredDatabase, thresholds: CompleteThresholds): AlarmSpec[] {
  const metric = databaseMetric(database);
  return [
    {
      id: "database-cpu",
      description: "The database is short of CPU. Look at Performance Insights for the most expensive query.",
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
        "The database is near its connection limit; beyond it every new connection fails. Look for a connection leak or too many tasks.",
      watch: metric("DatabaseConnections", "Maximum"),
      comparison: ">",
      threshold: thresholds.databaseConnections,
      ...LASTING,
      ...SILENCE,
    },
    {
      id: "database-memory",
      description:
        "The database has no memory left and begins to swap. Look for too many connections; use a larger instance class.",
      watch: metric("FreeableMemory", "Average"),
      comparison: "<",
      threshold: multiply(thresholds.databaseFreeableMemoryMiB, MIB),
      ...LASTING,
      ...SILENCE,
    },
    latencyAlarm(database, "Read", thresholds.databaseReadLatencyMs),
    latencyAlarm(database, "Write", thresholds.databaseWriteLatencyMs),
    database.isCluster ? replicaLagAlarm(database, thresholds) : freeStorageAlarm(database, thresholds),
  ];
}

function latencyAlarm(database: MonitoredDatabase, direction: "Read" | "Write", thresholdMs: number): AlarmSpec {
  return {
    id: `database-${direction.toLowerCase()}-latency`,
    description: `Disk ${direction.toLowerCase()}s are slow: IOPS or throughput are exhausted. Look at the disk queue depth.`,
    watch: databaseMetric(database)(`${direction}Latency`, "Average"),
    comparison: ">",
    // CloudWatch reports seconds.
    threshold: multiply(thresholdMs, 0.001),
    ...LASTING,
    ...SILENCE,
  };
}

/** For Aurora, whose storage grows automatically and whose readers can fall behind. */
function replicaLagAlarm(database: MonitoredDatabase, thresholds: CompleteThresholds): AlarmSpec {
  return {
    id: "database-replica-lag",
    description:
      "Readers are behind the writer: history read from them lacks recent messages. Look at the load on the readers.",
    watch: databaseMetric(database)("AuroraReplicaLag", "Maximum"),
    comparison: ">",
    threshold: thresholds.databaseReplicaLagMs,
    ...LASTING,
    // A cluster without readers does not report this metric.
    missingData: "notBreaching",
  };
}

function freeStorageAlarm(database: MonitoredDatabase, thresholds: CompleteThresholds): AlarmSpec {
  return {
    id: "database-free-storage",
    description:
      "The disk is filling up; when it is full the database stops. Look at its largest tables and at replication slots.",
    watch: databaseMetric(database)("FreeStorageSpace", "Minimum", 300),
    comparison: "<",
    threshold: multiply(thresholds.databaseFreeStorageGiB, GIB),
    datapoints: 1,
    periods: 1,
    ...SILENCE,
  };
}
