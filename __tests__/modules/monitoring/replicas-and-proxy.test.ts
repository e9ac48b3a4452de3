import { Database } from "../../../modules/database";
import { Monitoring } from "../../../modules/monitoring";
import { synthesize } from "../../helpers/synth";
import { type Template } from "../../helpers/template";
import { minimal } from "../database/make";
import { TOPIC_ARN } from "./fixture";
import { only, queries } from "./make";

const alarm = (template: Template, id: string) => template.resource("aws_cloudwatch_metric_alarm", `monitoring/${id}`);

it("watches the lag of each read replica", () => {
  const template = only({ database: { identifier: "db", readReplicaIdentifiers: ["db-1", "db-2"] } });
  for (const [id, identifier] of [
    ["database-replica-1-lag", "db-1"],
    ["database-replica-2-lag", "db-2"],
  ] as const) {
    expect(alarm(template, id)).toMatchObject({
      namespace: "AWS/RDS",
      metric_name: "ReplicaLag",
      dimensions: { DBInstanceIdentifier: identifier },
      statistic: "Maximum",
      threshold: 360,
    });
  }
});

describe("with an RDS Proxy", () => {
  const proxy = {
    userName: "reports",
    secretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:reports-AbCdEf",
  };
  const template = synthesize((stack) => {
    const database = new Database(stack, "database", { ...minimal, proxy: { ...proxy, borrowTimeoutSec: 1 } });
    new Monitoring(stack, "monitoring", { name: "crm-prod", alarmTopicArn: TOPIC_ARN, database });
  });

  it("watches the share of its connections that are in use", () => {
    const made = alarm(template, "database-proxy-connections");
    const [result, ...metrics] = queries(made);
    expect(made["threshold"]).toBe(80);
    expect(result!.expression).toBe("IF(allowed > 0, 100 * borrowed / allowed, 0)");
    expect(metrics.map(({ metric }) => [metric!.metric_name, metric!.dimensions])).toEqual([
      ["DatabaseConnectionsCurrentlyBorrowed", { ProxyName: "crm-dev-db" }],
      ["MaxDatabaseConnectionsAllowed", { ProxyName: "crm-dev-db" }],
    ]);
  });

  it("goes off at half of a short borrow timeout, in microseconds", () => {
    expect(alarm(template, "database-proxy-borrow-latency")).toMatchObject({
      metric_name: "DatabaseConnectionsBorrowLatency",
      dimensions: { ProxyName: "crm-dev-db" },
      threshold: 500_000,
    });
  });

  it("names the log group of the proxy", () => {
    const names = Object.values(template.resources("aws_cloudwatch_log_group")).map(({ name }) => name);
    expect(names).toContain("/aws/rds/proxy/crm-dev-db");
    expect(alarm(template, "database-proxy-connections")["alarm_description"]).toContain(
      "Look at log group /aws/rds/proxy/crm-dev-db.",
    );
  });
});

it("names only places that exist", () => {
  const database = { identifier: "their-db" };
  const described = (dashboard: boolean, performanceInsights: boolean) =>
    String(
      alarm(only({ database: { ...database, performanceInsights }, dashboard }), "database-cpu")["alarm_description"],
    );
  expect(described(false, false)).toContain("Look at the alarm's own graph. First:");
  expect(described(false, true)).toContain("Look at Performance Insights of their-db. First:");
  expect(described(true, false)).toContain("Look at dashboard crm-prod: Database, CPU %. First:");
});
