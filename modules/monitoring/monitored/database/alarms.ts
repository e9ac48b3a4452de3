import { type AlarmSpec } from "../../alarm";
import { multiply } from "../../metric";
import { databaseEvents, graph, type Places } from "../../places";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { databaseMetric } from "./metrics";
import { type MonitoredDatabase } from "./props";
import { proxyAlarms } from "./proxy-alarms";
import { replicaLagAlarms } from "./replica-alarms";

const MIB = 2 ** 20;
const GIB = 2 ** 30;

// A database reports nothing for minutes while it restarts or fails over; other alarms cover what users notice of that.
const SILENCE = { missingData: "notBreaching" } as const;

/** Three of five periods of a minute: longer than the effect of a vacuum or a backup. */
const LASTING = { datapoints: 3, periods: 5 } as const;

export function databaseAlarms(
  database: MonitoredDatabase,
  thresholds: CompleteThresholds,
  places: Places,
): AlarmSpec[] {
  const metric = databaseMetric(database);
  return [
    {
      id: "database-cpu",
      wrong: "The database is short of CPU.",
      look: [...places.databaseLoad, graph("Database", "CPU %")],
      first: "find the most expensive query; if the load is real, use a larger instance class.",
      watch: metric("CPUUtilization", "Average", 300),
      comparison: ">",
      threshold: thresholds.databaseCpuPercent,
      datapoints: 2,
      periods: 2,
      ...SILENCE,
    },
    {
      id: "database-connections",
      wrong: "The database is near its connection limit; beyond it every new connection fails.",
      look: [graph("Database", "Connections"), ...places.databaseLoad],
      first:
        "look for a connection leak since the last deployment; else run fewer tasks or use a larger instance class.",
      watch: metric("DatabaseConnections", "Maximum"),
      comparison: ">",
      threshold: thresholds.databaseConnections,
      ...LASTING,
      ...SILENCE,
    },
    {
      id: "database-memory",
      wrong: "The database has hardly any memory left and begins to swap.",
      look: [graph("Database", "Connections"), ...places.databaseLoad],
      first: "look for too many connections or a query that sorts much; else use a larger instance class.",
      watch: metric("FreeableMemory", "Average"),
      comparison: "<",
      threshold: multiply(thresholds.databaseFreeableMemoryMiB, MIB),
      ...LASTING,
      ...SILENCE,
    },
    latencyAlarm({ database, direction: "Read", thresholdMs: thresholds.databaseReadLatencyMs, places }),
    latencyAlarm({ database, direction: "Write", thresholdMs: thresholds.databaseWriteLatencyMs, places }),
    database.isCluster ? readerLagAlarm(database, thresholds) : freeStorageAlarm(database, thresholds),
    ...replicaLagAlarms(database, thresholds),
    ...(database.proxy ? proxyAlarms(database.proxy, thresholds) : []),
  ];
}

interface LatencyAlarm {
  readonly database: MonitoredDatabase;
  readonly direction: "Read" | "Write";
  readonly thresholdMs: number;
  readonly places: Places;
}

function latencyAlarm({ database, direction, thresholdMs, places }: LatencyAlarm): AlarmSpec {
  return {
    id: `database-${direction.toLowerCase()}-latency`,
    wrong: `Disk ${direction.toLowerCase()}s are slow: IOPS or throughput are exhausted.`,
    look: [graph("Database", "Disk latency in seconds"), ...places.databaseLoad],
    first: "find the query that reads or writes most; if the load is real, provision more IOPS and throughput.",
    watch: databaseMetric(database)(`${direction}Latency`, "Average"),
    comparison: ">",
    // CloudWatch reports seconds.
    threshold: multiply(thresholdMs, 0.001),
    ...LASTING,
    ...SILENCE,
  };
}

/** For Aurora, whose storage grows automatically and whose readers can fall behind. */
function readerLagAlarm(database: MonitoredDatabase, thresholds: CompleteThresholds): AlarmSpec {
  return {
    id: "database-replica-lag",
    wrong: "Readers are behind the writer: what is read from them lacks recent writes.",
    look: [graph("Database", "Replica lag in ms")],
    first: "look for long queries on the readers; if there are none, raise their capacity.",
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
    wrong: "The disk is filling up, and RDS does not or no longer let it grow; when it is full the database stops.",
    look: [graph("Database", "Free storage in bytes"), databaseEvents(database.identifier)],
    first:
      "raise the storage limit; RDS grows storage at most once in six hours. Then look for the largest tables and for replication slots.",
    watch: databaseMetric(database)("FreeStorageSpace", "Minimum", 300),
    comparison: "<",
    threshold: multiply(thresholds.databaseFreeStorageGiB, GIB),
    datapoints: 1,
    periods: 1,
    ...SILENCE,
  };
}
