import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import {
  AlarmTopic,
  type AlarmTopicProps,
  EncryptionKey,
  Monitoring,
  type MonitoringProps,
  RollbackAlarms,
  type RollbackAlarmsProps,
} from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";
import { type Build, changes } from "../helpers/transitions/transitions";

const ACCOUNT = "123456789012";
const REGION = "ap-northeast-1";
const CERTIFICATE = "certificate/11111111-7b64-4c0d-9d3e-1a2b3c4d5e6f";
const app = { namespace: "MessengerCRM", dimensions: { Service: "crm" }, metrics: { openConnections: "Open" } };

const monitoring =
  (props: Partial<MonitoringProps>): Build =>
  (scope, { name }) => {
    const { name: logGroupName } = new CloudwatchLogGroup(scope, "logs", { name: `/ecs/${name}` });
    const service = { clusterName: name, serviceName: name, logGroupName };
    new Monitoring(scope, "monitoring", { name, service, ...props });
  };

/** Alarms of us-east-1. */
const atEdge =
  (distributionId: string | undefined): Build =>
  (scope, { name, edge }) =>
    new Monitoring(scope, "monitoring", {
      name,
      provider: edge,
      certificates: { site: `arn:aws:acm:us-east-1:${ACCOUNT}:${CERTIFICATE}` },
      distribution: distributionId === undefined ? undefined : { distributionId },
    });

const topic =
  (props: Partial<AlarmTopicProps>): Build =>
  (scope, { name }) =>
    new AlarmTopic(scope, "topic", { name, ...props });

const subscribed = (queue: string) =>
  topic({ subscriptions: { oncall: { protocol: "sqs", endpoint: `arn:aws:sqs:${REGION}:${ACCOUNT}:${queue}` } } });

const encrypted: Build = (scope, surroundings) => {
  const key = new EncryptionKey(scope, "key", { name: surroundings.name, accountId: ACCOUNT, region: REGION });
  topic({ kmsKeyArn: key.keyArn })(scope, surroundings);
};

const rollback =
  (props: Partial<RollbackAlarmsProps>, topics: readonly string[] = ["topic"]): Build =>
  (scope, { name }) => {
    const [alarmTopicArn] = topics.map((id) => new AlarmTopic(scope, id, { name: `${name}-${id}` }).topicArn);
    new RollbackAlarms(scope, "alarms", {
      name,
      loadBalancer: { loadBalancerArnSuffix: "app/crm/1", targets: { web: "targetgroup/crm/1" } },
      alarmTopicArn: alarmTopicArn!,
      ...props,
    });
  };

itChanges([
  ...sweep<MonitoringProps>("Monitoring", monitoring, {
    app: [app],
    logMetrics: [{ SignIns: { namespace: "MessengerCRM", text: "signed in" } }],
    certificates: [{ site: `arn:aws:acm:${REGION}:${ACCOUNT}:${CERTIFICATE}` }],
  }),
  changes(
    "Monitoring",
    "distribution",
    ["none", atEdge(undefined)],
    ["a distribution", atEdge("E1ABCDEFGHIJKL")],
    ["another one", atEdge("E2ABCDEFGHIJKL")],
    ["none", atEdge(undefined)],
  ),
  changes(
    "AlarmTopic",
    "subscriptions",
    ["none", topic({})],
    ["a queue", subscribed("alarms")],
    ["another queue", subscribed("pager")],
    ["none", topic({})],
  ),
  changes(
    "AlarmTopic",
    "kmsKeyArn",
    ["none", topic({})],
    ["an EncryptionKey", encrypted],
    ["none, the EncryptionKey destroyed", topic({})],
  ),
  ...sweep<RollbackAlarmsProps>("RollbackAlarms", rollback, {
    app: [app],
    thresholds: [{ targetErrorPercent: 5 }],
    runbookUrl: ["https://example.com/runbook"],
    loadBalancer: [
      {
        loadBalancerArnSuffix: "app/crm/1",
        targets: { web: "targetgroup/crm/1", api: "targetgroup/api/1" },
      },
    ],
  }),
  changes(
    "RollbackAlarms",
    "alarmTopicArn",
    ["an AlarmTopic", rollback({})],
    ["another one, the first destroyed", rollback({}, ["other"])],
  ),
]);
