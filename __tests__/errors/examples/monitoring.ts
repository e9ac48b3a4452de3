import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Monitoring, type MonitoringProps } from "../../../modules/monitoring";
import { type Examples } from "./example";

const valid: MonitoringProps = {
  name: "crm-prod",
  service: { clusterName: "crm-prod", serviceName: "crm-prod", logGroupName: "/ecs/crm-prod" },
};
const loadBalancerArnSuffix = "app/crm/0123456789abcdef";
const topicArn = "arn:aws:sns:ap-northeast-1:123456789012:on-call";

export const monitoringExamples: Examples = {
  "monitoring/nothing-to-monitor": (stack) => new Monitoring(stack, "monitoring", { name: "crm-prod" }),
  "monitoring/unknown-alarm": (stack) => new Monitoring(stack, "monitoring", { ...valid, disabledAlarms: ["cpu"] }),
  "monitoring/alarm-key": (stack) =>
    new Monitoring(stack, "monitoring", {
      ...valid,
      loadBalancer: { loadBalancerArnSuffix, targets: { "Web App": "targetgroup/crm/0123456789abcdef" } },
    }),
  "monitoring/arn-suffix": (stack) =>
    new Monitoring(stack, "monitoring", {
      ...valid,
      loadBalancer: { loadBalancerArnSuffix, targets: { web: "crm" } },
    }),
  "monitoring/unknown-app-metric": (stack) =>
    new Monitoring(stack, "monitoring", {
      ...valid,
      app: { namespace: "MessengerCRM", dimensions: {}, metrics: { openSockets: "OpenSockets" } as never },
    }),
  "monitoring/edge-region": (stack) =>
    new Monitoring(stack, "monitoring", {
      name: "crm-prod",
      distribution: { distributionId: "E1ABCDEFGHIJKL" },
      provider: new AwsProvider(stack, "tokyo", { region: "ap-northeast-1", alias: "tokyo" }),
    }),
  "monitoring/namespace": (stack) =>
    new Monitoring(stack, "monitoring", { ...valid, logMetrics: { Errors: { namespace: "AWS/CRM", text: "error" } } }),
  "monitoring/metric-name": (stack) =>
    new Monitoring(stack, "monitoring", {
      ...valid,
      logMetrics: { "Sign-ins refused": { namespace: "MessengerCRM", text: "sign-in refused" } },
    }),
  "monitoring/settings-of-existing-topic": (stack) =>
    new Monitoring(stack, "monitoring", {
      ...valid,
      alarmTopicArn: topicArn,
      subscriptions: { "on-call": { protocol: "email", endpoint: "on-call@example.com" } },
    }),
  "monitoring/runbook-url": (stack) =>
    new Monitoring(stack, "monitoring", { ...valid, runbookUrl: "https://wiki.example.com/runbook#alarms" }),
  "monitoring/threshold": (stack) =>
    new Monitoring(stack, "monitoring", { ...valid, thresholds: { serviceCpuPercent: 150 } }),
  "monitoring/log-text": (stack) =>
    new Monitoring(stack, "monitoring", {
      ...valid,
      logMetrics: { Errors: { namespace: "MessengerCRM", text: "error:\nconnection refused" } },
    }),
  "monitoring/log-group-missing": (stack) =>
    new Monitoring(stack, "monitoring", {
      ...valid,
      service: { clusterName: "crm-prod", serviceName: "crm-prod" },
      logMetrics: { Errors: { namespace: "MessengerCRM", text: "error" } },
    }),
  "monitoring/subscription-name": (stack) =>
    new Monitoring(stack, "monitoring", {
      ...valid,
      subscriptions: { "On call": { protocol: "email", endpoint: "on-call@example.com" } },
    }),
  "monitoring/subscription-endpoint": (stack) =>
    new Monitoring(stack, "monitoring", {
      ...valid,
      subscriptions: { "on-call": { protocol: "https", endpoint: "http://alerts.example.com" } },
    }),
};
