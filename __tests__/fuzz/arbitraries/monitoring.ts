import * as fc from "fast-check";
import {
  AlarmTopic,
  type AlarmTopicProps,
  Monitoring,
  type MonitoringProps,
  RollbackAlarms,
  type RollbackAlarmsProps,
} from "../../../modules/monitoring";
import { thresholdDefaults } from "../../../modules/monitoring/thresholds/defaults";
import { type Target } from "../target";
import { edgeProvider, withProps } from "./edge-provider";
import { spoiled } from "./spoil";
import { arn, baseName, certificateArn, key, keyed, kmsKeyArn, number, some, text, within } from "./values";

const TARGET = "targetgroup/crm/0123456789abcdef";

const thresholds = fc
  .subarray(Object.keys(thresholdDefaults), { maxLength: 4 })
  .chain((names) =>
    fc.record(Object.fromEntries(names.map((name) => [name, fc.oneof(within(0, 100), fc.constant(0.5))]))),
  );

const loadBalancer = fc.record(
  {
    loadBalancerArnSuffix: text(fc.constant("app/crm/fedcba9876543210")),
    targets: fc.dictionary(key, text(fc.constant(TARGET)), { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
    longestHeldRequestSec: number(within(0, 4000)),
  },
  { requiredKeys: ["loadBalancerArnSuffix", "targets"] },
);

const app = fc.record(
  {
    namespace: text(fc.constant("MessengerCRM")),
    dimensions: fc.constantFrom({}, { Service: "crm" }),
    metrics: fc.record(
      {
        openConnections: text(fc.constant("OpenConnections")),
        ackLatencyMs: text(fc.constant("AckLatency")),
        adapterConnected: fc.constant("AdapterConnected"),
      },
      { requiredKeys: [] },
    ),
    intervalSec: within(1, 300),
    cacheConnectionsPerTask: within(1, 100),
  },
  { requiredKeys: ["namespace", "dimensions", "metrics"] },
);

const subscriptions = keyed(
  key,
  fc.oneof(
    fc.record({ protocol: fc.constant("email"), endpoint: text(fc.constant("oncall@example.com")) }),
    fc.record({ protocol: fc.constant("https"), endpoint: text(fc.constant("https://example.com/hook?a=${b}")) }),
    fc.record({ protocol: fc.constant("sqs"), endpoint: arn("sqs", "queue-") }),
  ),
);

const topics = fc.oneof(
  fc.record({ alarmTopicArn: arn("sns", ""), urgentTopicArn: arn("sns", "") }, { requiredKeys: ["alarmTopicArn"] }),
  fc.record({ subscriptions, kmsKeyArn }, { requiredKeys: [] }),
);

const rest = fc.record(
  {
    name: baseName,
    service: fc.record(
      {
        clusterName: text(baseName),
        serviceName: text(baseName),
        logGroupName: text(fc.constant("/ecs/crm")),
        containerInsights: fc.boolean(),
        minCount: number(within(0, 5000)),
        maxCount: number(within(1, 5000)),
        maximumPercent: within(100, 400),
        connectionsPerTask: number(within(1, 100_000)),
        targetCpuPercent: number(within(1, 100)),
        targetMemoryPercent: number(within(1, 100)),
      },
      { requiredKeys: ["clusterName", "serviceName", "logGroupName"] },
    ),
    instances: fc.record(
      {
        autoScalingGroupName: text(baseName),
        metricsNamespace: fc.constant("CRM/Instances"),
        logGroupName: text(fc.constant("/ec2/crm")),
        minCount: number(within(0, 5000)),
        maxCount: number(within(1, 5000)),
        connectionsPerProcess: number(within(1, 100_000)),
        targetCpuPercent: number(within(1, 100)),
      },
      { requiredKeys: ["autoScalingGroupName"] },
    ),
    loadBalancer,
    database: fc.record(
      {
        identifier: text(baseName),
        isCluster: fc.boolean(),
        allocatedStorageGiB: number(within(1, 65_536)),
        readReplicaIdentifiers: some(key, 1, 2),
        performanceInsights: fc.boolean(),
        proxy: fc.record(
          {
            proxyName: text(baseName),
            borrowTimeoutSec: within(0, 300),
            logGroupName: text(fc.constant("/aws/rds/proxy/crm")),
          },
          { requiredKeys: ["proxyName"] },
        ),
        maxAllocatedStorageGiB: number(within(1, 65_536)),
        memoryGiB: number(within(1, 4096)),
        maxConnections: number(within(1, 262_143)),
      },
      { requiredKeys: ["identifier"] },
    ),
    cache: fc.oneof(
      fc.record(
        { kind: fc.constant("nodes"), nodeIds: some(key, 1, 3), slowLogGroupName: text(fc.constant("/slow")) },
        { requiredKeys: ["kind", "nodeIds"] },
      ),
      fc.record({ kind: fc.constant("serverless"), serverlessName: text(baseName) }),
    ),
    waf: fc.record(
      {
        webAclMetricName: text(baseName),
        region: fc.constant("us-east-1"),
        scope: fc.constant("REGIONAL"),
        logGroupName: text(fc.constant("aws-waf-logs-crm")),
      },
      { requiredKeys: ["webAclMetricName"] },
    ),
    app,
    certificates: keyed(key, certificateArn),
    thresholds,
    disabledAlarms: some(fc.constantFrom("high-cpu"), 0, 1),
    logMetrics: keyed(
      fc.stringMatching(/^[A-Z][a-z]{1,5}$/),
      fc.record({
        namespace: text(fc.constant("MessengerCRM")),
        text: text(fc.constantFrom("[WebSocket] connected", 'a "b" ${c} \\')),
      }),
    ),
    runbookUrl: text(fc.constant("https://example.com/runbook")),
    dashboard: fc.boolean(),
  },
  { requiredKeys: ["name", "service"] },
);

export const monitoring: Target = {
  name: "monitoring",
  data: spoiled(fc.tuple(rest, topics).map(([first, second]) => ({ ...first, ...second }))),
  build: (stack, id, data: MonitoringProps) => void new Monitoring(stack, id, data),
};

/** CloudFront and its web ACL, whose alarms have to be in us-east-1. */
export const edgeMonitoring: Target = {
  name: "edge-monitoring",
  data: spoiled(
    fc.record(
      {
        name: baseName,
        distribution: fc.record({ distributionId: text(fc.constant("E1ABCDEFGHIJKL")) }),
        waf: fc.record({ webAclMetricName: text(baseName), scope: fc.constant("CLOUDFRONT") }),
        thresholds,
        dashboard: fc.boolean(),
      },
      { requiredKeys: ["name", "distribution"] },
    ),
  ),
  build: (stack, id, data: MonitoringProps) => {
    void new Monitoring(stack, id, withProps(data, { provider: edgeProvider(stack) }));
  },
};

export const alarmTopic: Target = {
  name: "alarm-topic",
  data: spoiled(fc.record({ name: baseName, subscriptions, kmsKeyArn }, { requiredKeys: ["name"] })),
  build: (stack, id, data: AlarmTopicProps) => void new AlarmTopic(stack, id, data),
};

export const rollbackAlarms: Target = {
  name: "rollback-alarms",
  data: spoiled(
    fc.record(
      {
        name: baseName,
        loadBalancer,
        app,
        alarmTopicArn: arn("sns", ""),
        thresholds,
        runbookUrl: text(fc.constant("https://example.com/runbook")),
      },
      { requiredKeys: ["name", "loadBalancer", "alarmTopicArn"] },
    ),
  ),
  build: (stack, id, data: RollbackAlarmsProps) => void new RollbackAlarms(stack, id, data),
};
