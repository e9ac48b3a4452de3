import { TerraformVariable } from "cdktf";
import { Monitoring, type MonitoringProps } from "../../../modules/monitoring";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { type Block, parsed, type Template } from "../../helpers/template";
import { alarms, everything, loadBalancer, TOPIC_ARN } from "./fixture";

const monitoring = (props: Partial<MonitoringProps> = {}) =>
  synthesize((stack) => void new Monitoring(stack, "monitoring", { ...everything, ...props }));
const only = (props: Omit<MonitoringProps, "name">) =>
  synthesize(
    (stack) => void new Monitoring(stack, "monitoring", { name: "crm-prod", alarmTopicArn: TOPIC_ARN, ...props }),
  );

interface Query {
  readonly id: string;
  readonly expression?: string;
  readonly return_data: boolean;
  readonly metric?: { metric_name: string; namespace: string; dimensions: object; stat: string; period: number };
}
const ALARM = "aws_cloudwatch_metric_alarm";
const queries = (alarm: Block) => alarm["metric_query"] as Query[];

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
    expect(alarms(only({ service: { ...service, minimumTaskCount: 2 } }))["tasks-missing"]).toMatchObject({
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

describe("options", () => {
  it("overrides single thresholds", () => {
    const made = alarms(
      monitoring({ thresholds: { serviceCpuPercent: 60, requestFloorPerMinute: 100, ackLatencyMs: undefined } }),
    );
    expect(made["high-cpu"]!["threshold"]).toBe(60);
    expect(made["high-memory"]!["threshold"]).toBe(85);
    expect(made["ack-latency"]!["threshold"]).toBe(500);
    expect(queries(made["target-app-errors"]!)[0]!.expression).toContain("requests >= 100");
  });

  it("leaves out alarms by id, also from the composite alarm", () => {
    const template = monitoring({ disabledAlarms: ["tasks-missing"] });
    expect(Object.keys(alarms(template))).not.toContain("tasks-missing");
    expect(template.only("aws_cloudwatch_composite_alarm")["alarm_rule"]).not.toContain("tasks-missing");
  });

  it("notifies a separate topic of urgent alarms", () => {
    const urgentTopicArn = "arn:aws:sns:ap-northeast-1:123456789012:pager";
    const template = monitoring({ urgentTopicArn });
    expect(template.only("aws_cloudwatch_composite_alarm")["alarm_actions"]).toEqual([urgentTopicArn]);
    expect(alarms(template)["high-cpu"]!["alarm_actions"]).toEqual([TOPIC_ARN]);
  });

  it("names the runbook's entry in each alarm", () => {
    const made = alarms(monitoring({ runbookUrl: "https://example.com/runbook" }));
    expect(made["high-cpu"]!["alarm_description"]).toMatch(/Runbook: https:\/\/example\.com\/runbook#high-cpu$/);
  });

  it("creates a topic when none is given, and depends on its policy", () => {
    const template = synthesize((stack) => {
      const props = { ...everything, alarmTopicArn: undefined };
      const subscriptions = { "on-call": { protocol: "email", endpoint: "ops@example.com" } } as const;
      const made = new Monitoring(stack, "monitoring", { ...props, subscriptions });
      expect(made.alarmNames).toHaveLength(37);
    });
    expect(template.count("aws_sns_topic")).toBe(1);
    expect(template.only("aws_sns_topic_subscription")).toMatchObject({
      protocol: "email",
      endpoint: "ops@example.com",
    });
    expect(alarms(template)["high-cpu"]!["alarm_actions"]).toEqual([
      expect.stringMatching(/^\$\{aws_sns_topic_policy\..*\.arn\}$/),
    ]);
  });

  it("creates no dashboard when it is off", () => {
    expect(monitoring({ dashboard: false }).count("aws_cloudwatch_dashboard")).toBe(0);
  });

  it("has alarm names of at most 255 characters, all different", () => {
    const targets = Object.fromEntries(["a", "b"].map((end) => [`${"x".repeat(240)}-${end}`, "targetgroup/t/0a"]));
    const names = Object.values(
      only({ loadBalancer: { ...loadBalancer, targets } }).resources("aws_cloudwatch_metric_alarm"),
    ).map((alarm) => String(alarm["alarm_name"]));
    expect(new Set(names).size).toBe(10);
    expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(255);
  });
});

describe("log metrics", () => {
  const WebSocketConnections = { namespace: "MessengerCRM", text: "[WebSocket] Client connected" };

  it("count the guide's line, quoted as a literal text", () => {
    expect(monitoring({ logMetrics: { WebSocketConnections } }).only("aws_cloudwatch_log_metric_filter")).toEqual({
      name: "WebSocketConnections",
      log_group_name: "/ecs/crm",
      pattern: '"[WebSocket] Client connected"',
      metric_transformation: {
        name: "WebSocketConnections",
        namespace: "MessengerCRM",
        value: "1",
        default_value: "0",
      },
    });
  });

  it("accept another log group, and escape template syntax", () => {
    const logMetrics = { Costs: { namespace: "Mine", text: "costs ${5}", logGroupName: "/other" } };
    expect(monitoring({ logMetrics }).only("aws_cloudwatch_log_metric_filter")).toMatchObject({
      log_group_name: "/other",
      pattern: '"costs $${5}"',
    });
  });
});

describe("monitoring refuses", () => {
  const cases: [string, Partial<MonitoringProps>, string][] = [
    [
      "an ARN for its suffix",
      {
        loadBalancer: {
          ...loadBalancer,
          loadBalancerArnSuffix: "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/crm/0a",
        },
      },
      '[test/monitoring] loadBalancer.loadBalancerArnSuffix: expected app/name/id, got "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/crm/0…. Use the attribute arn_suffix, not the ARN: CloudWatch identifies metrics by the suffix.',
    ],
    [
      "a load balancer with no targets",
      { loadBalancer: { ...loadBalancer, targets: {} } },
      "[test/monitoring] loadBalancer.targets: expected 1 to 20, got 0. Name at least one target group.",
    ],
    [
      "a service without a name",
      { service: { clusterName: "crm", serviceName: "" } },
      "[test/monitoring] service.serviceName: expected a value, got an empty string. Without it the alarms would have no metric.",
    ],
    [
      "a node id known only at apply",
      { cache: { kind: "nodes", nodeIds: ["${TfToken[TOKEN.0]}"] } },
      "[test/monitoring] cache.nodeIds: expected a literal name of lower-case letters, digits and single hyphens, got a value that is known only at apply. It becomes part of alarm names, so it must be known at synth.",
    ],
    [
      "a namespace of AWS",
      { app: { namespace: "AWS/ECS", dimensions: {}, metrics: {} } },
      '[test/monitoring] app.namespace: expected at most 255 letters, digits and _ . - / #, not beginning with AWS/, got "AWS/ECS". Pass the namespace under which the app reports.',
    ],
    [
      "a metric that it does not know",
      { app: { namespace: "Mine", dimensions: {}, metrics: { sockets: "Sockets" } as object } },
      "[test/monitoring] app.metrics.sockets: expected one of openConnections, messagesAccepted, ackLatencyMs, deliveryLatencyMs, eventLoopLagMs, adapterConnected, got an unknown one. Create alarms on other metrics yourself; topicArn is an output.",
    ],
    [
      "a percentage above 100",
      { thresholds: { serviceCpuPercent: 101 } },
      "[test/monitoring] thresholds.serviceCpuPercent: expected a percentage, 0 to 100, got 101. Omit it for the default.",
    ],
    [
      "a threshold below 0",
      { thresholds: { ackLatencyMs: -1 } },
      "[test/monitoring] thresholds.ackLatencyMs: expected a number of at least 0, got -1. Omit it for the default.",
    ],
    [
      "subscriptions to an existing topic",
      { subscriptions: { "on-call": { protocol: "email", endpoint: "ops@example.com" } } },
      "[test/monitoring] alarmTopicArn: expected an existing topic or the settings of a new one, got a topic together with subscriptions. Set them where the topic is created.",
    ],
    [
      "a malformed topic ARN",
      { urgentTopicArn: "pager" },
      '[test/monitoring] urgentTopicArn: expected the ARN of a resource of "sns", got "pager". Pass the ARN of an SNS topic.',
    ],
    [
      "a log metric with no log group",
      { service: undefined, logMetrics: { A: { namespace: "Mine", text: "x" } } },
      "[test/monitoring] logMetrics.A.logGroupName: expected a log group, got nothing. Set it here or as service.logGroupName.",
    ],
    [
      "a text of two lines",
      { logMetrics: { A: { namespace: "Mine", text: "a\nb" } } },
      '[test/monitoring] logMetrics.A.text: expected one line, at most 1024 characters as a pattern, got "a\\nb". Use the part of the line that never changes.',
    ],
    [
      "a runbook that cannot be linked to",
      { runbookUrl: "docs/runbook.md" },
      '[test/monitoring] runbookUrl: expected an https URL without # in it, got "docs/runbook.md". Alarms append #<id> to it.',
    ],
  ];
  it.each(cases)("%s", (_, props, message) => {
    const lines = refusal((stack) => void new Monitoring(stack, "monitoring", { ...everything, ...props }));
    expect(lines.join("\n")).toBe(message);
  });

  it("to switch off an alarm that does not exist", () => {
    const props = { name: "crm", alarmTopicArn: TOPIC_ARN, waf: { webAclMetricName: "acl" }, disabledAlarms: ["waf"] };
    expect(refusal((stack) => void new Monitoring(stack, "monitoring", props))).toEqual([
      '[test/monitoring] disabledAlarms: expected ids among waf-blocked, got "waf". Use the id of the alarm, without the stem of its name.',
    ]);
  });

  it("to watch nothing", () => {
    expect(
      refusal((stack) => void new Monitoring(stack, "monitoring", { name: "crm", alarmTopicArn: TOPIC_ARN })),
    ).toEqual([
      "[test/monitoring] props: expected at least one resource to monitor, got nothing. Pass at least one of service, loadBalancer, database, cache, waf, app.",
    ]);
  });

  it("a threshold that does not exist, by name", () => {
    const props = { ...everything, thresholds: { cpu: 80 } as object };
    const [line] = refusal((stack) => void new Monitoring(stack, "monitoring", props));
    expect(line).toContain("[test/monitoring] thresholds.cpu: expected a prop that exists");
  });
});
