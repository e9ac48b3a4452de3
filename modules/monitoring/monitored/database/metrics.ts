import { metricFactory, type MetricFactory } from "../../metric";
import { type MonitoredDatabase } from "./props";

export function databaseMetric({ identifier, isCluster }: MonitoredDatabase): MetricFactory {
  return metricFactory(
    "AWS/RDS",
    isCluster ? { DBClusterIdentifier: identifier } : { DBInstanceIdentifier: identifier },
  );
}
