import { type MonitoringProps } from "../../../modules/monitoring";
import { type Block, type Template } from "../../helpers/template";

export const TOPIC_ARN = "arn:aws:sns:ap-northeast-1:123456789012:on-call";

export const loadBalancer = {
  loadBalancerArnSuffix: "app/crm/0123456789abcdef",
  targets: { app: "targetgroup/crm/0123456789abcdef" },
};

export const app = {
  namespace: "MessengerCRM",
  dimensions: { Service: "crm-prod" },
  metrics: {
    openConnections: "OpenConnections",
    messagesAccepted: "MessagesAccepted",
    ackLatencyMs: "AckLatencyMs",
    deliveryLatencyMs: "DeliveryLatencyMs",
    eventLoopLagMs: "EventLoopLagMs",
    adapterConnected: "AdapterConnected",
  },
};

/** Props with every kind of resource. */
export const everything: MonitoringProps = {
  name: "crm-prod",
  alarmTopicArn: TOPIC_ARN,
  service: { clusterName: "crm-cluster", serviceName: "crm-service", logGroupName: "/ecs/crm" },
  loadBalancer,
  database: { identifier: "crm-db", allocatedStorageGiB: 20, maxConnections: 100 },
  cache: { kind: "nodes", nodeIds: ["crm-cache-001", "crm-cache-002"] },
  waf: { webAclMetricName: "crm-acl" },
  app,
};

/** Alarms by the end of their names. */
export function alarms(template: Template): Record<string, Block> {
  const blocks = Object.values(template.resources("aws_cloudwatch_metric_alarm"));
  return Object.fromEntries(blocks.map((block) => [String(block["alarm_name"]).replace("crm-prod-", ""), block]));
}

/** Parses JSON that contains Terraform references; each becomes the word `known-at-apply`. */
export function interpolated(value: unknown): unknown {
  return JSON.parse(String(value).replace(/\$\{[^{}]*\}/g, "known-at-apply")) as unknown;
}
