import { metricFactory, type MetricFactory, multiply } from "../../metric";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { type MonitoredDatabase } from "./props";

export function databaseMetric({ identifier, isCluster }: MonitoredDatabase): MetricFactory {
  return metricFactory(
    "AWS/RDS",
    isCluster ? { DBClusterIdentifier: identifier } : { DBInstanceIdentifier: identifier },
  );
}

/** Returns the number of connections at which the alarm goes off. */
export function connectionLimit({ maxConnections }: MonitoredDatabase, thresholds: CompleteThresholds): number {
  return maxConnections === undefined
    ? thresholds.databaseConnections
    : multiply(maxConnections, thresholds.databaseConnectionsPercent / 100);
}
