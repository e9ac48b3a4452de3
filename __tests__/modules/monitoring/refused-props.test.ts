import { Monitoring, type MonitoringProps } from "../../../modules/monitoring";
import { refusal } from "../../helpers/refusal";
import { everything, loadBalancer, TOPIC_ARN } from "./fixture";

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
      '[test/monitoring] urgentTopicArn: expected the ARN of a standard SNS topic, arn:…:sns:<region>:<account>:<name>, got "pager". Pass the ARN of an SNS topic.',
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
      '[test/monitoring] runbookUrl: expected an https URL of at most 508 characters, without # and parentheses in it, got "docs/runbook.md". Alarms append #<id> to it.',
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
      "[test/monitoring] props: expected at least one resource to monitor, got nothing. Pass at least one of service, instances, loadBalancer, database, cache, waf, app, distribution, certificates.",
    ]);
  });

  it("a threshold that does not exist, by name", () => {
    const props = { ...everything, thresholds: { cpu: 80 } as object };
    const [line] = refusal((stack) => void new Monitoring(stack, "monitoring", props));
    expect(line).toContain("[test/monitoring] thresholds.cpu: expected a prop that exists");
  });
});
