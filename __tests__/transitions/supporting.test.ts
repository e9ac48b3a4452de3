import {
  AlarmTopic,
  LogBucket,
  type LogBucketProps,
  Monitoring,
  type MonitoringProps,
  Registry,
  type RegistryProps,
  Secrets,
  type SecretsProps,
} from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";
import { type Build, changes } from "../helpers/transitions/transitions";

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

itChanges([
  ...sweep<MonitoringProps>("Monitoring", monitoring, {
    disabledAlarms: [["high-cpu"]],
    runbookUrl: ["https://example.com/runbook"],
    dashboard: [false],
    subscriptions: [{ oncall: { protocol: "sqs", endpoint: `arn:aws:sqs:${region}:${accountId}:alarms` } }],
  }),
  changes(
    "Monitoring",
    "alarmTopicArn",
    ["its own topic", topics(true)],
    ["an AlarmTopic", topics(false)],
    ["its own topic", topics(true)],
  ),
  ...sweep<LogBucketProps>(
    "LogBucket",
    (props) =>
      (scope, { name }) =>
        new LogBucket(scope, "logs", { name, accountId, writers: ["load-balancer"], ...props }),
    { retentionDays: [30], prefixes: [["alb"]], forceDestroy: [true] },
  ),
  ...sweep<RegistryProps>(
    "Registry",
    (props) =>
      (scope, { name }) =>
        new Registry(scope, "images", { repositoryName: name, ...props }),
    { keepTaggedImages: [5], expireUntaggedAfterDays: [3], pullAccountIds: [["210987654321"]] },
  ),
  ...sweep<SecretsProps>(
    "Secrets",
    (props) =>
      (scope, { name }) =>
        new Secrets(scope, "secrets", { name, external: { smtp: { description: "Mail relay" } }, ...props }),
    { generated: [{ session: { description: "Signs sessions" } }] },
  ),
]);
