import { AlarmTopic, AlbWebsocket, EncryptionKey, Monitoring, type MonitoringProps } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";
import { type Build, changes } from "../helpers/transitions/transitions";
import { monitoringCases } from "../terraform/transitions/cases/monitoring";

const accountId = "123456789012";
const region = "ap-northeast-1";

const monitoring =
  (props: Partial<MonitoringProps>): Build =>
  (scope, { name }) =>
    new Monitoring(scope, "monitoring", {
      name,
      service: { clusterName: name, serviceName: name, logGroupName: `/ecs/${name}` },
      ...props,
    });

const topics =
  (own: boolean): Build =>
  (scope, surroundings) => {
    if (own) return monitoring({})(scope, surroundings);
    const { topicArn: alarmTopicArn } = new AlarmTopic(scope, "alarms", { name: `${surroundings.name}-other` });
    return monitoring({ alarmTopicArn })(scope, surroundings);
  };

const urgent: Build = (scope, surroundings) => {
  const { topicArn: urgentTopicArn } = new AlarmTopic(scope, "pager", { name: `${surroundings.name}-pager` });
  monitoring({ urgentTopicArn })(scope, surroundings);
};

const encrypted: Build = (scope, surroundings) => {
  const key = new EncryptionKey(scope, "key", { name: surroundings.name, accountId, region });
  monitoring({ kmsKeyArn: key.keyArn })(scope, surroundings);
};

/** A load balancer with a target group for each existing id, of which some are watched. */
const watched =
  (ids: readonly string[], existing: readonly string[] = ids): Build =>
  (scope, surroundings) => {
    const { name, network } = surroundings;
    const alb = new AlbWebsocket(scope, "alb", { name, network, allowInsecureHttp: true, deletionProtection: false });
    const targets = existing.map((id) => {
      const paths = id === "web" ? {} : { paths: [`/${id}/*`] };
      const target = alb.addService(id, { containerPort: 3000, keepAliveTimeoutSec: 75, ...paths });
      return [id, target.targetGroupArnSuffix] as const;
    });
    const { loadBalancerArnSuffix } = alb;
    const monitored = Object.fromEntries(targets.filter(([id]) => ids.includes(id)));
    const loadBalancer = ids.length === 0 ? undefined : { loadBalancerArnSuffix, targets: monitored };
    monitoring({ loadBalancer })(scope, surroundings);
  };

itChanges([
  ...monitoringCases,
  ...sweep<MonitoringProps>("Monitoring", monitoring, {
    runbookUrl: ["https://example.com/runbook"],
    dashboard: [false],
    thresholds: [{ serviceCpuPercent: 60 }],
    subscriptions: [{ oncall: { protocol: "sqs", endpoint: `arn:aws:sqs:${region}:${accountId}:alarms` } }],
    cache: [
      { kind: "nodes", nodeIds: ["crm-001", "crm-002"] },
      { kind: "serverless", serverlessName: "crm" },
    ],
    database: [{ identifier: "crm-db" }],
    waf: [{ webAclMetricName: "crm" }],
    instances: [{ autoScalingGroupName: "crm", metricsNamespace: "CRM/Instances", minCount: 2, maxCount: 4 }],
  }),
  changes(
    "Monitoring",
    "disabledAlarms, not of service-unhealthy",
    ["none", monitoring({})],
    ["high-cpu", monitoring({ disabledAlarms: ["high-cpu"] })],
    ["none", monitoring({})],
  ),
  changes(
    "Monitoring",
    "loadBalancer",
    ["two targets", watched(["web", "api"])],
    ["one, the other destroyed", watched(["web"])],
    ["none", watched([], ["web"])],
    ["two targets", watched(["web", "api"])],
  ),
  changes(
    "Monitoring",
    "alarmTopicArn",
    ["its own topic", topics(true)],
    ["an AlarmTopic", topics(false)],
    ["its own topic", topics(true)],
  ),
  changes(
    "Monitoring",
    "urgentTopicArn",
    ["none", monitoring({})],
    ["an AlarmTopic", urgent],
    ["none", monitoring({})],
  ),
  changes(
    "Monitoring",
    "kmsKeyArn",
    ["none", monitoring({})],
    ["an EncryptionKey", encrypted],
    ["none, the EncryptionKey destroyed", monitoring({})],
  ),
]);
