import { type AlarmSpec } from "../../alarm";
import { metricFactory, multiply } from "../../metric";
import { logGroup } from "../../places";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { type MonitoredProxy } from "./props";

const LASTING = { datapoints: 3, periods: 5 } as const;

/** Returns the alarms of an RDS Proxy. Source: RDS user guide, "Monitoring RDS Proxy metrics with Amazon CloudWatch". */
export function proxyAlarms({ proxyName, logGroupName }: MonitoredProxy, thresholds: CompleteThresholds): AlarmSpec[] {
  const metric = metricFactory("AWS/RDS", { ProxyName: proxyName });
  return [
    {
      id: "database-proxy-connections",
      wrong: "Nearly all connections that the proxy may open to the database are in use; beyond them clients wait.",
      look: logGroup(logGroupName),
      first:
        "look for long transactions and for pinned sessions; else raise the proxy's percentage or use a larger database.",
      watch: {
        expression: "IF(allowed > 0, 100 * borrowed / allowed, 0)",
        metrics: {
          borrowed: metric("DatabaseConnectionsCurrentlyBorrowed", "Sum"),
          allowed: metric("MaxDatabaseConnectionsAllowed", "Sum"),
        },
      },
      comparison: ">",
      threshold: thresholds.databaseProxyConnectionsPercent,
      ...LASTING,
      // Without clients the proxy reports nothing.
      missingData: "notBreaching",
    },
    {
      id: "database-proxy-borrow-latency",
      wrong: "Clients wait for a connection from the proxy; after its borrow timeout their queries fail.",
      look: logGroup(logGroupName),
      first: "check whether the database fails over or is out of connections; else look for long transactions.",
      watch: metric("DatabaseConnectionsBorrowLatency", "Average"),
      comparison: ">",
      // CloudWatch reports microseconds.
      threshold: multiply(thresholds.databaseProxyBorrowMs, 1000),
      ...LASTING,
      missingData: "notBreaching",
    },
  ];
}
