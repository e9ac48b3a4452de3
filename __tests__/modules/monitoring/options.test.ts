import { Monitoring } from "../../../modules/monitoring";
import { synthesize } from "../../helpers/synth";
import { alarms, everything, loadBalancer, TOPIC_ARN } from "./fixture";
import { monitoring, only, queries } from "./make";

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

  it("are in a namespace of the deployment unless another is given", () => {
    const logMetrics = { Errors: { text: "failed" } };
    expect(monitoring({ logMetrics }).only("aws_cloudwatch_log_metric_filter")["metric_transformation"]).toMatchObject({
      namespace: "crm-prod",
    });
    expect(monitoring({ logMetrics }).text).toContain('[\\"crm-prod\\",\\"Errors\\"');
  });

  it("accept another log group, and escape template syntax", () => {
    const logMetrics = { Costs: { namespace: "Mine", text: "costs ${5}", logGroupName: "/other" } };
    expect(monitoring({ logMetrics }).only("aws_cloudwatch_log_metric_filter")).toMatchObject({
      log_group_name: "/other",
      pattern: '"costs $${5}"',
    });
  });
});
