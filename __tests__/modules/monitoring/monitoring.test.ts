import { TerraformVariable } from "cdktf";
import { Monitoring } from "../../../modules/monitoring";
import { synthesize } from "../../helpers/synth";
import { type Block, parsed, type Template } from "../../helpers/template";
import { alarms, loadBalancer, TOPIC_ARN } from "./fixture";
import { monitoring, only, queries } from "./make";

const ALARM = "aws_cloudwatch_metric_alarm";

describe("monitoring of every kind of resource", () => {
  const template = monitoring();
  const all = alarms(template);

  it("creates exactly these resources", () => {
    expect(template.counts()).toEqual({
      aws_cloudwatch_composite_alarm: 1,
      aws_cloudwatch_dashboard: 1,
      aws_cloudwatch_event_rule: 2,
      aws_cloudwatch_event_target: 2,
      aws_cloudwatch_metric_alarm: 36,
      terraform_data: 1,
    });
  });

  const shape = (alarm: Block) =>
    [
      alarm["metric_name"] ?? queries(alarm)[0]!.expression,
      alarm["statistic"] ?? alarm["extended_statistic"] ?? "math",
      alarm["period"] ?? queries(alarm)[1]!.metric!.period,
      `${String(alarm["datapoints_to_alarm"])} of ${String(alarm["evaluation_periods"])}`,
      String(alarm["comparison_operator"]).replace("Threshold", ""),
      alarm["threshold"],
      alarm["treat_missing_data"],
    ].join(" | ");

  it("has these alarms with these thresholds, and no other", () => {
    const node = (id: string) => ({
      [`cache-${id}-cpu`]: "EngineCPUUtilization | Average | 60 | 3 of 5 | GreaterThan | 80 | notBreaching",
      [`cache-${id}-memory`]: "DatabaseMemoryUsagePercentage | Maximum | 60 | 3 of 5 | GreaterThan | 80 | notBreaching",
      [`cache-${id}-evictions`]: "Evictions | Sum | 60 | 1 of 1 | GreaterThan | 0 | notBreaching",
      [`cache-${id}-replication-lag`]: "ReplicationLag | Maximum | 60 | 3 of 5 | GreaterThan | 5 | notBreaching",
      [`cache-${id}-connections`]: "CurrConnections | Maximum | 60 | 3 of 5 | GreaterThan | 5000 | notBreaching",
      [`cache-${id}-bandwidth-in`]:
        "NetworkBandwidthInAllowanceExceeded | Sum | 60 | 3 of 5 | GreaterThan | 0 | notBreaching",
      [`cache-${id}-bandwidth-out`]:
        "NetworkBandwidthOutAllowanceExceeded | Sum | 60 | 3 of 5 | GreaterThan | 0 | notBreaching",
    });
    expect(Object.fromEntries(Object.entries(all).map(([id, alarm]) => [id, shape(alarm)]))).toEqual({
      "load-balancer-errors": "HTTPCode_ELB_5XX_Count | Sum | 60 | 3 of 5 | GreaterThan | 10 | notBreaching",
      "load-balancer-rejected-connections":
        "RejectedConnectionCount | Sum | 60 | 1 of 1 | GreaterThan | 0 | notBreaching",
      "target-app-errors":
        "IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0) | math | 60 | 3 of 5 | GreaterThan | 5 | notBreaching",
      "target-app-unhealthy": "UnHealthyHostCount | Maximum | 60 | 3 of 5 | GreaterThan | 0 | notBreaching",
      "target-app-none-healthy": "HealthyHostCount | Maximum | 60 | 2 of 2 | LessThan | 1 | breaching",
      "target-app-response-time": "TargetResponseTime | p99 | 60 | 3 of 5 | GreaterThan | 27 | notBreaching",
      "ack-latency": "AckLatencyMs | p99 | 60 | 3 of 5 | GreaterThan | 500 | notBreaching",
      "delivery-latency": "DeliveryLatencyMs | p99 | 60 | 3 of 5 | GreaterThan | 1000 | notBreaching",
      "event-loop-lag": "EventLoopLagMs | p99 | 60 | 3 of 5 | GreaterThan | 200 | notBreaching",
      "open-connections": "OpenConnections | Maximum | 60 | 3 of 5 | GreaterThan | 2000 | notBreaching",
      "connection-drop":
        "IF((open - DIFF(open)) >= 250, -100 * DIFF(open) / (open - DIFF(open)), 0) | math | 300 | 1 of 1 | GreaterThan | 50 | notBreaching",
      "adapter-disconnected": "AdapterConnected | Minimum | 60 | 2 of 3 | LessThan | 1 | breaching",
      "high-cpu": "CPUUtilization | Average | 300 | 2 of 2 | GreaterThan | 80 | notBreaching",
      "high-memory": "MemoryUtilization | Average | 300 | 2 of 2 | GreaterThan | 85 | notBreaching",
      "tasks-missing": "desired - running | math | 60 | 8 of 10 | GreaterThan | 0 | missing",
      "database-cpu": "CPUUtilization | Average | 300 | 2 of 2 | GreaterThan | 80 | notBreaching",
      "database-connections": "DatabaseConnections | Maximum | 60 | 3 of 5 | GreaterThan | 80 | notBreaching",
      "database-memory": `FreeableMemory | Average | 60 | 3 of 5 | LessThan | ${64 * 2 ** 20} | notBreaching`,
      "database-read-latency": "ReadLatency | Average | 60 | 3 of 5 | GreaterThan | 0.02 | notBreaching",
      "database-write-latency": "WriteLatency | Average | 60 | 3 of 5 | GreaterThan | 0.02 | notBreaching",
      "database-free-storage": `FreeStorageSpace | Minimum | 300 | 1 of 1 | LessThan | ${3 * 2 ** 30} | notBreaching`,
      ...node("crm-cache-001"),
      ...node("crm-cache-002"),
      "waf-blocked": "BlockedRequests | Sum | 60 | 3 of 5 | GreaterThan | 200 | notBreaching",
    });
  });

  it("notifies the topic of ALARM and of OK", () => {
    for (const alarm of Object.values(all)) {
      expect([alarm["alarm_actions"], alarm["ok_actions"]]).toEqual([[TOPIC_ARN], [TOPIC_ARN]]);
    }
  });

  it("needs at most as many datapoints as periods, and looks back at most a day", () => {
    for (const alarm of Object.values(all)) {
      const [datapoints, periods] = [Number(alarm["datapoints_to_alarm"]), Number(alarm["evaluation_periods"])];
      expect(datapoints).toBeGreaterThan(0);
      expect(datapoints).toBeLessThanOrEqual(periods);
      expect(periods * 300).toBeLessThanOrEqual(86_400);
    }
  });

  it("uses the dimensions that AWS reports", () => {
    const dimensions = (id: string) => all[id]!["dimensions"];
    expect(dimensions("high-cpu")).toEqual({ ClusterName: "crm-cluster", ServiceName: "crm-service" });
    expect(dimensions("load-balancer-errors")).toEqual({ LoadBalancer: "app/crm/0123456789abcdef" });
    expect(dimensions("target-app-unhealthy")).toEqual({
      LoadBalancer: "app/crm/0123456789abcdef",
      TargetGroup: "targetgroup/crm/0123456789abcdef",
    });
    expect(dimensions("database-cpu")).toEqual({ DBInstanceIdentifier: "crm-db" });
    expect(dimensions("cache-crm-cache-002-cpu")).toEqual({ CacheClusterId: "crm-cache-002" });
    expect(dimensions("waf-blocked")).toEqual({ WebACL: "crm-acl", Region: "ap-northeast-1", Rule: "ALL" });
    expect(dimensions("ack-latency")).toEqual({ Service: "crm-prod" });
  });

  it("counts tasks with Container Insights", () => {
    const [result, ...metrics] = queries(all["tasks-missing"]!);
    expect(result).toEqual({ id: "result", expression: "desired - running", label: "result", return_data: true });
    expect(
      metrics.map(({ id, return_data, metric }) => [id, return_data, metric!.namespace, metric!.metric_name]),
    ).toEqual([
      ["desired", false, "ECS/ContainerInsights", "DesiredTaskCount"],
      ["running", false, "ECS/ContainerInsights", "RunningTaskCount"],
    ]);
  });

  it("combines the alarms of user-visible failures into one composite alarm", () => {
    const composite = template.only("aws_cloudwatch_composite_alarm");
    const name = (id: string) => {
      const [found] = Object.entries(template.json.resource!["aws_cloudwatch_metric_alarm"]!).find(
        ([, block]) => block["alarm_name"] === `crm-prod-${id}`,
      )!;
      return `ALARM("\${aws_cloudwatch_metric_alarm.${found}.alarm_name}")`;
    };
    expect(composite).toMatchObject({
      alarm_name: "crm-prod-service-unhealthy",
      alarm_actions: [TOPIC_ARN],
      ok_actions: [TOPIC_ARN],
      alarm_rule: [
        "load-balancer-errors",
        "target-app-errors",
        "target-app-none-healthy",
        "ack-latency",
        "adapter-disconnected",
        "tasks-missing",
      ]
        .map(name)
        .join(" OR "),
    });
  });

  it("replaces the composite alarm when its members change, and leaves databases and services their order", () => {
    const [[members, { input }]] = Object.entries(template.json.resource!["terraform_data"]!) as [[string, Block]];
    expect(input).toEqual({
      ids: "ack-latency adapter-disconnected load-balancer-errors target-app-errors target-app-none-healthy tasks-missing",
    });
    expect(template.only("aws_cloudwatch_composite_alarm")["lifecycle"]).toEqual({
      replace_triggered_by: [`terraform_data.${members}.input`],
    });
    expect(Object.values(all).flatMap((alarm) => alarm["lifecycle"] ?? [])).toEqual([]);
  });

  it("notifies of rolled-back deployments", () => {
    expect(
      parsed(template.resource("aws_cloudwatch_event_rule", "monitoring/deployment-failed")["event_pattern"]),
    ).toEqual({
      source: ["aws.ecs"],
      "detail-type": ["ECS Deployment State Change"],
      detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
      resources: [{ suffix: ":service/crm-cluster/crm-service" }],
    });
    expect(template.resource("aws_cloudwatch_event_target", "monitoring/deployment-failed-target")).toMatchObject({
      arn: TOPIC_ARN,
      input_transformer: {
        input_paths: { deployment: "$.detail.deploymentId", reason: "$.detail.reason", service: "$.resources[0]" },
        input_template: '"Deployment <deployment> of <service> failed and was rolled back: <reason>"',
      },
    });
  });
});

describe("events of the database", () => {
  const pattern = (template: Template) => parsed(template.only("aws_cloudwatch_event_rule")["event_pattern"]);
  const categories = ["availability", "failover", "failure", "low storage", "maintenance"];

  it("are forwarded for an instance", () => {
    const template = only({ database: { identifier: "their-db" } });
    expect(pattern(template)).toEqual({
      source: ["aws.rds"],
      "detail-type": ["RDS DB Instance Event"],
      detail: { SourceIdentifier: ["their-db"], EventCategories: categories },
    });
    expect(template.only("aws_cloudwatch_event_target")).toMatchObject({
      arn: TOPIC_ARN,
      input_transformer: { input_template: '"Database <source>: <message>"' },
    });
  });

  it("are forwarded for a cluster", () => {
    expect(pattern(only({ database: { identifier: "their-db", isCluster: true } }))).toMatchObject({
      "detail-type": ["RDS DB Cluster Event"],
    });
  });
});

describe("alarms", () => {
  it("cover only the given resources", () => {
    expect(Object.keys(alarms(only({ database: { identifier: "their-db" } })))).toEqual([
      "database-connections",
      "database-cpu",
      "database-free-storage",
      "database-memory",
      "database-read-latency",
      "database-write-latency",
    ]);
  });

  it("include no composite alarm without a user-visible one", () => {
    expect(only({ database: { identifier: "their-db" } }).count("aws_cloudwatch_composite_alarm")).toBe(0);
  });

  it("use fixed thresholds when a database's limits are unknown", () => {
    const made = alarms(only({ database: { identifier: "their-db" } }));
    expect(made["database-connections"]!["threshold"]).toBe(80);
    expect(made["database-free-storage"]!["threshold"]).toBe(5 * 2 ** 30);
  });

  it("compute thresholds from limits known only at apply", () => {
    const template = synthesize((stack) => {
      const most = new TerraformVariable(stack, "most", { type: "number" });
      const database = { identifier: "db", maxConnections: most.numberValue };
      new Monitoring(stack, "monitoring", { name: "crm-prod", alarmTopicArn: TOPIC_ARN, database });
    });
    expect(alarms(template)["database-connections"]!["threshold"]).toBe("${(var.most * 0.8)}");
    expect(template.text).not.toMatch(/TfToken|e\+\d\d/);
  });

  it("of an Aurora cluster include replica lag, not storage", () => {
    const made = alarms(only({ database: { identifier: "cluster", isCluster: true } }));
    expect(Object.keys(made)).not.toContain("database-free-storage");
    expect(made["database-replica-lag"]).toMatchObject({
      metric_name: "AuroraReplicaLag",
      dimensions: { DBClusterIdentifier: "cluster" },
      threshold: 1000,
    });
  });

  it("of a serverless cache include throttling, not node metrics", () => {
    const made = alarms(only({ cache: { kind: "serverless", serverlessName: "crm-cache" } }));
    expect(Object.keys(made)).toEqual(["cache-connections", "cache-evictions", "cache-throttled"]);
    expect(made["cache-throttled"]).toMatchObject({
      metric_name: "ThrottledCmds",
      dimensions: { clusterName: "crm-cache" },
    });
  });

  it("of the task count use the sample count without Container Insights", () => {
    const service = { clusterName: "c", serviceName: "s", containerInsights: false };
    expect(Object.keys(alarms(only({ service })))).toEqual(["high-cpu", "high-memory"]);
    expect(alarms(only({ service: { ...service, minCount: 2 } }))["tasks-missing"]).toMatchObject({
      namespace: "AWS/ECS",
      metric_name: "CPUUtilization",
      statistic: "SampleCount",
      comparison_operator: "LessThanThreshold",
      threshold: 2,
      treat_missing_data: "breaching",
    });
  });

  it("escape template syntax in metric names and dimensions", () => {
    const template = only({
      app: {
        namespace: "Crm",
        dimensions: { "${k}": "%{v}" },
        metrics: { ackLatencyMs: "${m}", openConnections: "${o}" },
      },
    });
    const { metric_name: name, dimensions } = template.resource(ALARM, "monitoring/ack-latency");
    expect([name, dimensions]).toEqual(["$${m}", { "$${k}": "%%{v}" }]);
    const drop = queries(template.resource(ALARM, "monitoring/connection-drop"));
    expect(drop[1]!.metric).toMatchObject({ metric_name: "$${o}", dimensions: { "$${k}": "%%{v}" } });
  });

  it("of response times allow for the longest held poll", () => {
    const made = alarms(only({ loadBalancer: { ...loadBalancer, longestHeldRequestSec: 0 } }));
    expect(made["target-app-response-time"]!["threshold"]).toBe(2);
  });
});
