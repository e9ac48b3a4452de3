import { Token } from "cdktf";
import { Monitoring, RollbackAlarms } from "../../../modules/monitoring";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { loadBalancer as lb, TOPIC_ARN } from "./fixture";

const svc = { clusterName: "c", serviceName: "s" };
const logging = { ...svc, logGroupName: "/ecs/crm" };
const ns = { namespace: "Chat", dimensions: {}, metrics: {} };
const later = Token.asNumber({ resolve: () => 1, creationStack: [] });

const monitoring = (props: object) => refusal((stack) => void new Monitoring(stack, "x", { name: "crm", ...props }));
const rollback = (props: object) =>
  refusal((stack) => void new RollbackAlarms(stack, "x", { name: "crm", ...props } as never));

it.each<[string, object, string]>([
  [
    "a name in capitals",
    { name: "CRM", service: svc },
    'name: expected lower-case letters, digits and single hyphens, at most 40, beginning with a letter, got "CRM". Use a literal such as "messenger-crm-prod".',
  ],
  [
    "a service without its cluster",
    { service: { serviceName: "s" } },
    "service.clusterName: expected a value, got nothing. Without it the alarms would have no metric.",
  ],
  [
    "a service without its name",
    { service: { clusterName: "c" } },
    "service.serviceName: expected a value, got nothing. Without it the alarms would have no metric.",
  ],
  [
    "container insights that are a word",
    { service: { ...svc, containerInsights: "yes" } },
    'service.containerInsights: expected a literal true or false, got "yes". It decides what is synthesized, so it must be known at synth.',
  ],
  [
    "fewer than no task at least",
    { service: { ...svc, minCount: -1 } },
    "service.minCount: expected a whole number from 0 to 5000 tasks, got -1. Set the fewest tasks that should run.",
  ],
  [
    "a target of no connections per task",
    { service: { ...svc, connectionsPerTask: 0 } },
    "service.connectionsPerTask: expected a whole number from 1 to 1000000, got 0. Omit it if it is not known.",
  ],
  [
    "a CPU target above 100 percent",
    { service: { ...svc, targetCpuPercent: 120 } },
    "service.targetCpuPercent: expected a whole number from 1 to 100 percent, got 120. Omit it if it is not known.",
  ],
  [
    "fewer tasks in a deployment than before it",
    { service: { ...svc, maximumPercent: 50 } },
    "service.maximumPercent: expected a whole number from 100 to 1000 percent, got 50. Omit it if it is not known.",
  ],
  [
    "a database without memory",
    { database: { identifier: "db", memoryGiB: 0 } },
    "database.memoryGiB: expected more than 0 GiB, got 0. Omit it if it is not known.",
  ],
  [
    "a task without a connection to the cache",
    { app: { namespace: "Chat", dimensions: {}, metrics: {}, cacheConnectionsPerTask: 0 } },
    "app.cacheConnectionsPerTask: expected a whole number from 1 to 65000, got 0. Omit it if it is not known.",
  ],
  [
    "a load balancer without its suffix",
    { loadBalancer: { targets: lb.targets } },
    "loadBalancer.loadBalancerArnSuffix: expected a value, got nothing. Use the attribute arn_suffix, not the ARN: CloudWatch identifies metrics by the suffix.",
  ],
  [
    "a load balancer's ARN with a tail",
    { loadBalancer: { ...lb, loadBalancerArnSuffix: "app/crm/0123456789abcdef/x" } },
    'loadBalancer.loadBalancerArnSuffix: expected app/name/id, got "app/crm/0123456789abcdef/x". Use the attribute arn_suffix, not the ARN: CloudWatch identifies metrics by the suffix.',
  ],
  [
    "no target group",
    { loadBalancer: { ...lb, targets: {} } },
    "loadBalancer.targets: expected 1 to 20, got 0. Name at least one target group.",
  ],
  [
    "a target with a name in capitals",
    { loadBalancer: { ...lb, targets: { App: lb.targets.app } } },
    'loadBalancer.targets.App: expected a literal name of lower-case letters, digits and single hyphens, got "App". It becomes part of alarm names, so it must be known at synth.',
  ],
  [
    "a target group's whole ARN",
    { loadBalancer: { ...lb, targets: { app: "arn:aws:x:targetgroup/crm/0123456789abcdef" } } },
    'loadBalancer.targets.app: expected targetgroup/name/id, got "arn:aws:x:targetgroup/crm/0123456789abcdef". Use the attribute arn_suffix, not the ARN: CloudWatch identifies metrics by the suffix.',
  ],
  [
    "a target group with a tail",
    { loadBalancer: { ...lb, targets: { app: "targetgroup/crm/0123456789abcdef/x" } } },
    'loadBalancer.targets.app: expected targetgroup/name/id, got "targetgroup/crm/0123456789abcdef/x". Use the attribute arn_suffix, not the ARN: CloudWatch identifies metrics by the suffix.',
  ],
  [
    "a request held for hours",
    { loadBalancer: { ...lb, longestHeldRequestSec: 4001 } },
    "loadBalancer.longestHeldRequestSec: expected a whole number from 0 to 4000 seconds, got 4001. Use the ping interval with long-polling, else 0.",
  ],
  [
    "a database without its name",
    { database: {} },
    "database.identifier: expected a value, got nothing. Without it the alarms would have no metric.",
  ],
  [
    "a cluster that is a word",
    { database: { identifier: "db", isCluster: "yes" } },
    'database.isCluster: expected a literal true or false, got "yes". It decides what is synthesized, so it must be known at synth.',
  ],
  [
    "a database without storage",
    { database: { identifier: "db", allocatedStorageGiB: 0 } },
    "database.allocatedStorageGiB: expected a whole number from 1 to 65536 GiB, got 0. Omit it if it is not known.",
  ],
  [
    "a database without connections",
    { database: { identifier: "db", maxConnections: 0 } },
    "database.maxConnections: expected a whole number from 1 to 262143, got 0. Omit it if it is not known.",
  ],
  [
    "a serverless cache without its name",
    { cache: { kind: "serverless" } },
    "cache.serverlessName: expected a value, got nothing. Without it the alarms would have no metric.",
  ],
  [
    "a cache without nodes",
    { cache: { kind: "nodes" } },
    "cache.nodeIds: expected 1 to 90, got 0. Name every node, including replicas.",
  ],
  [
    "a node with a name in capitals",
    { cache: { kind: "nodes", nodeIds: ["A-001"] } },
    'cache.nodeIds: expected a literal name of lower-case letters, digits and single hyphens, got "A-001". It becomes part of alarm names, so it must be known at synth.',
  ],
  [
    "a web ACL without its metric",
    { waf: {} },
    "waf.webAclMetricName: expected a value, got nothing. Take it from the web ACL's visibility_config.",
  ],
  [
    "an app without a namespace",
    { app: { dimensions: {}, metrics: {} } },
    "app.namespace: expected a value, got nothing. Pass the namespace under which the app reports.",
  ],
  [
    "an app in AWS's own namespace",
    { app: { ...ns, namespace: "AWS/ECS" } },
    'app.namespace: expected at most 255 letters, digits and _ . - / #, not beginning with AWS/, got "AWS/ECS". Pass the namespace under which the app reports.',
  ],
  [
    "an app without metrics",
    { app: { namespace: "Chat", dimensions: {} } },
    "app.metrics: expected a value, got nothing. Name the metrics that the app reports.",
  ],
  [
    "an unknown metric",
    { app: { ...ns, metrics: { happiness: "Happiness" } } },
    "app.metrics.happiness: expected one of openConnections, messagesAccepted, ackLatencyMs, deliveryLatencyMs, eventLoopLagMs, adapterConnected, got an unknown one. Create alarms on other metrics yourself; topicArn is an output.",
  ],
  [
    "an interval of an hour",
    { app: { ...ns, intervalSec: 3600 } },
    "app.intervalSec: expected a whole number from 1 to 300 seconds, got 3600. Once a minute (60) is usual.",
  ],
  [
    "an interval of nothing",
    { app: { ...ns, intervalSec: 0 } },
    "app.intervalSec: expected a whole number from 1 to 300 seconds, got 0. Once a minute (60) is usual.",
  ],
  [
    "an interval known only at apply",
    { app: { ...ns, intervalSec: later } },
    "app.intervalSec: expected a literal number, got a value that is known only at apply. It becomes part of a metric math expression, which is written at synth.",
  ],
  [
    "a malformed topic ARN",
    { service: svc, alarmTopicArn: "on-call" },
    'alarmTopicArn: expected the ARN of a standard SNS topic, arn:…:sns:<region>:<account>:<name>, got "on-call". Pass the ARN of an SNS topic.',
  ],
  [
    "a malformed urgent topic ARN",
    { service: svc, urgentTopicArn: "on-call" },
    'urgentTopicArn: expected the ARN of a standard SNS topic, arn:…:sns:<region>:<account>:<name>, got "on-call". Pass the ARN of an SNS topic.',
  ],
  [
    "a key by its alias",
    { service: svc, kmsKeyArn: "alias/crm" },
    'kmsKeyArn: expected the ARN of a KMS key, arn:…:kms:<region>:<account>:key/<id>, got "alias/crm". Pass the ARN of a KMS key, not its id or alias.',
  ],
  [
    "a topic and subscriptions",
    {
      service: svc,
      alarmTopicArn: TOPIC_ARN,
      subscriptions: { ops: { protocol: "email", endpoint: "ops@example.com" } },
    },
    "alarmTopicArn: expected an existing topic or the settings of a new one, got a topic together with subscriptions. Set them where the topic is created.",
  ],
  [
    "a topic and a key",
    {
      service: svc,
      alarmTopicArn: TOPIC_ARN,
      kmsKeyArn: "arn:aws:kms:ap-northeast-1:123456789012:key/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f",
    },
    "alarmTopicArn: expected an existing topic or the settings of a new one, got a topic together with kmsKeyArn. Set them where the topic is created.",
  ],
  [
    "a runbook without https",
    { service: svc, runbookUrl: "see https://example.com" },
    'runbookUrl: expected an https URL of at most 508 characters, without # and parentheses in it, got "see https://example.com". Alarms append #<id> to it.',
  ],
  [
    "a runbook with a fragment",
    { service: svc, runbookUrl: "https://example.com/x#y" },
    'runbookUrl: expected an https URL of at most 508 characters, without # and parentheses in it, got "https://example.com/x#y". Alarms append #<id> to it.',
  ],
  [
    "a threshold below nothing",
    { service: svc, thresholds: { ackLatencyMs: -1 } },
    "thresholds.ackLatencyMs: expected a number of at least 0, got -1. Omit it for the default.",
  ],
  [
    "a floor known only at apply",
    { service: svc, thresholds: { requestFloorPerMinute: later } },
    "thresholds.requestFloorPerMinute: expected a literal number, got a value that is known only at apply. It becomes part of a metric math expression, which is written at synth.",
  ],
  [
    "a log metric that is undefined",
    { service: logging, logMetrics: { Errors: undefined } },
    "logMetrics.Errors: expected an object, got nothing. See the table of props in the README.",
  ],
  [
    "a log metric with a blank in its name",
    { service: logging, logMetrics: { "a b": { namespace: "Chat", text: "x" } } },
    'logMetrics.a b: expected a metric name of letters, digits, _ . and -, got "a b". Use a name such as "WebSocketConnections".',
  ],
  [
    "a log metric in AWS's own namespace",
    { service: logging, logMetrics: { Errors: { namespace: "AWS/ECS", text: "x" } } },
    'logMetrics.Errors.namespace: expected at most 255 letters, digits and _ . - / #, not beginning with AWS/, got "AWS/ECS". Use a name such as "MessengerCRM/prod"; names that begin with AWS/ are reserved for AWS.',
  ],
  [
    "a log metric of nothing",
    { service: logging, logMetrics: { Errors: { namespace: "Chat" } } },
    "logMetrics.Errors.text: expected a value, got nothing. Pass the text as it appears in the log.",
  ],
  [
    "a log metric without a log group",
    { service: svc, logMetrics: { Errors: { namespace: "Chat", text: "x" } } },
    "logMetrics.Errors.logGroupName: expected a log group, got nothing. Set it here or as service.logGroupName.",
  ],
  [
    "an alarm that does not exist",
    { service: svc, disabledAlarms: ["coffee"] },
    'disabledAlarms: expected ids among high-cpu, high-memory, tasks-missing, got "coffee". Use the id of the alarm, without the stem of its name.',
  ],
  [
    "a percentage above 100",
    { service: svc, thresholds: { serviceCpuPercent: 101 } },
    "thresholds.serviceCpuPercent: expected a percentage, 0 to 100, got 101. Omit it for the default.",
  ],
])("monitoring refuses %s", (_, props, message) => expect(monitoring(props)).toEqual([`[test/x] ${message}`]));

it("monitoring refuses a text whose pattern is longer than CloudWatch allows", () => {
  const logMetrics = { Errors: { namespace: "Chat", text: "a".repeat(1023) } };
  expect(monitoring({ service: logging, logMetrics })).toEqual([
    expect.stringContaining("logMetrics.Errors.text: expected one line, at most 1024 characters as a pattern, got"),
  ]);
});

it.each<[string, object]>([
  [
    "the longest text of a log metric",
    { service: logging, logMetrics: { Errors: { namespace: "Chat", text: "a".repeat(1022) } } },
  ],
  ["a whole percentage", { service: svc, thresholds: { serviceCpuPercent: 100 } }],
  ["a threshold known only at apply", { service: svc, thresholds: { serviceCpuPercent: later } }],
])("monitoring accepts %s", (_, props) => {
  expect(() => synthesize((stack) => void new Monitoring(stack, "x", { name: "crm", ...props }))).not.toThrow();
});

it.each<[string, object, string[]]>([
  [
    "nothing",
    {},
    [
      "loadBalancer: expected a value, got nothing. Rollback alarms use the metrics of its target groups.",
      "alarmTopicArn: expected a value, got nothing. The topic receives the reason for a rollback.",
    ],
  ],
  [
    "a malformed topic ARN",
    { loadBalancer: lb, alarmTopicArn: "x" },
    [
      'alarmTopicArn: expected the ARN of a standard SNS topic, arn:…:sns:<region>:<account>:<name>, got "x". Pass the ARN of an SNS topic.',
    ],
  ],
  [
    "a name in capitals",
    { name: "CRM", loadBalancer: lb, alarmTopicArn: TOPIC_ARN },
    [
      'name: expected lower-case letters, digits and single hyphens, at most 40, beginning with a letter, got "CRM". Use a literal such as "messenger-crm-prod".',
    ],
  ],
  [
    "no target group",
    { loadBalancer: { ...lb, targets: {} }, alarmTopicArn: TOPIC_ARN },
    ["loadBalancer.targets: expected 1 to 20, got 0. Name at least one target group."],
  ],
  [
    "an app in AWS's own namespace",
    { loadBalancer: lb, app: { ...ns, namespace: "AWS/x" }, alarmTopicArn: TOPIC_ARN },
    [
      'app.namespace: expected at most 255 letters, digits and _ . - / #, not beginning with AWS/, got "AWS/x". Pass the namespace under which the app reports.',
    ],
  ],
])("rollback alarms refuse %s", (_, props, messages) => {
  expect(rollback(props)).toEqual(messages.map((message) => `[test/x] ${message}`));
});
