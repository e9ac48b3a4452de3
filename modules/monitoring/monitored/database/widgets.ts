import { graph, type Row, section } from "../../dashboard/widgets";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { databaseMetric } from "./metrics";
import { type MonitoredDatabase } from "./props";

export function databaseRows(database: MonitoredDatabase, thresholds: CompleteThresholds): Row[] {
  const metric = databaseMetric(database);
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
        limit: thresholds.databaseConnections,
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
