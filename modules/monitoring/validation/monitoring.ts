import { type IConstruct } from "constructs";
import { Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { type AlarmSpec } from "../alarm";
import { checkSubscriptions } from "../alarm-topic/alarm-topic";
import { type AppMetricNames, type MonitoredApp } from "../monitored/app/alarms";
import { type MonitoredCache } from "../monitored/cache/alarms";
import { type MonitoredDatabase } from "../monitored/database/alarms";
import { type MonitoredLoadBalancer } from "../monitored/load-balancer/alarms";
import { checkLogMetric, NAMESPACE } from "../log-metric";
import { type Monitored } from "../monitored/props";
import { type CompleteMonitoringProps } from "../monitoring";
import { type RollbackAlarmsProps } from "../rollback-alarms/rollback-alarms";
import { type MonitoredService } from "../monitored/service/alarms";
import { checkThresholds, type CompleteThresholds } from "../thresholds/props";

/** Names of targets and nodes become part of alarm names and construct ids. */
const KEY = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** @throws ConfigurationError with every problem of the props */
export function validateMonitoring(
  checks: Checks,
  props: CompleteMonitoringProps,
  thresholds: CompleteThresholds,
): void {
  checks.baseName("name", props.name);
  const parts = [props.service, props.loadBalancer, props.database, props.cache, props.waf, props.app];
  checks.require(
    parts.some((part) => part !== undefined),
    {
      prop: "props",
      expected: "something to watch",
      got: "nothing",
      remedy: "Give at least one of service, loadBalancer, database, cache, waf, app.",
    },
  );
  checkMonitored(checks, props);
  checkThresholds(checks, thresholds);
  checkTopics(checks, props);
  for (const [metricName, metric] of Object.entries(props.logMetrics)) {
    checkLogMetric(checks, metricName, metric, props.service?.logGroupName !== undefined);
  }
  checkRunbookUrl(checks, props.runbookUrl);
  checks.literalBoolean("dashboard", props.dashboard);
  checks.throwIfInvalid();
}

/** @throws ConfigurationError with every problem of the props */
export function validateRollbackAlarms(
  checks: Checks,
  props: RollbackAlarmsProps,
  thresholds: CompleteThresholds,
): void {
  checks.baseName("name", props.name);
  if (checks.required("loadBalancer", props.loadBalancer, "Rollback alarms watch its target groups.")) {
    checkMonitored(checks, { loadBalancer: props.loadBalancer, ...(props.app ? { app: props.app } : {}) });
  }
  if (checks.required("alarmTopicArn", props.alarmTopicArn, "Somebody should hear why a deploy was rolled back.")) {
    checks.arn("alarmTopicArn", props.alarmTopicArn, "sns", "Pass the ARN of an SNS topic.");
  }
  checkThresholds(checks, thresholds);
  checkRunbookUrl(checks, props.runbookUrl);
  checks.throwIfInvalid();
}

/** @throws ConfigurationError when an alarm is switched off that does not exist: it would stay on behind a typing mistake */
export function validateDisabledAlarms(
  scope: IConstruct,
  disabled: readonly string[],
  specs: readonly AlarmSpec[],
): void {
  const ids = specs.map((spec) => spec.id);
  const odd = disabled.filter((id) => !ids.includes(id));
  const checks = new Checks(scope);
  checks.require(odd.length === 0, {
    prop: "disabledAlarms",
    expected: `some of ${[...ids].sort().join(", ")}`,
    got: odd.map(formatValue).join(", "),
    remedy: "Name alarms without the stem.",
  });
  checks.throwIfInvalid();
}

function checkMonitored(checks: Checks, { service, loadBalancer, database, cache, waf, app }: Monitored): void {
  if (service) checkService(checks, service);
  if (loadBalancer) checkLoadBalancer(checks, loadBalancer);
  if (database) checkDatabase(checks, database);
  if (cache) checkCache(checks, cache);
  if (waf) checks.required("waf.webAclMetricName", waf.webAclMetricName, "Take it from the ACL's visibility_config.");
  if (app) checkApp(checks, app);
}

function checkService(checks: Checks, service: MonitoredService): void {
  checks.required("service.clusterName", service.clusterName, "Without it the alarms would watch nothing.");
  checks.required("service.serviceName", service.serviceName, "Without it the alarms would watch nothing.");
  checks.literalBoolean("service.containerInsights", service.containerInsights);
  const range = { min: 1, max: 5000, unit: "tasks" };
  checks.integer("service.minimumTaskCount", service.minimumTaskCount, range, "Fewest tasks that should run.");
}

function checkLoadBalancer(checks: Checks, loadBalancer: MonitoredLoadBalancer): void {
  const { loadBalancerArnSuffix, targets, longestHeldRequestSec } = loadBalancer;
  const balancer = "loadBalancer.loadBalancerArnSuffix";
  const remedy = "Take the attribute arn_suffix, not the ARN: CloudWatch knows no metric by the ARN.";
  if (checks.required(balancer, loadBalancerArnSuffix, remedy)) {
    checks.matches(balancer, loadBalancerArnSuffix, /^app\/[^/]+\/[0-9a-f]+$/, "app/name/id", remedy);
  }
  const entries = Object.entries(targets ?? {});
  checks.count(
    "loadBalancer.targets",
    entries.map(([name]) => name),
    { min: 1, max: 20 },
    "Name at least one target group.",
  );
  for (const [name, suffix] of entries) {
    checkKey(checks, `loadBalancer.targets.${name}`, name);
    checks.matches(
      `loadBalancer.targets.${name}`,
      suffix,
      /^targetgroup\/[^/]+\/[0-9a-f]+$/,
      "targetgroup/name/id",
      remedy,
    );
  }
  const held = "The ping interval with long-polling, else 0.";
  checks.integer(
    "loadBalancer.longestHeldRequestSec",
    longestHeldRequestSec,
    { min: 0, max: 4000, unit: "seconds" },
    held,
  );
}

function checkDatabase(checks: Checks, database: MonitoredDatabase): void {
  const { identifier, isCluster, allocatedStorageGiB, maxConnections } = database;
  checks.literalBoolean("database.isCluster", isCluster);
  checks.required("database.identifier", identifier, "Without it the alarms would watch nothing.");
  const storage = { min: 1, max: 65_536, unit: "GiB" };
  checks.integer("database.allocatedStorageGiB", allocatedStorageGiB, storage, "Leave it out when it is not known.");
  const connections = { min: 1, max: 262_143 };
  checks.integer("database.maxConnections", maxConnections, connections, "Leave it out when it is not known.");
}

function checkCache(checks: Checks, cache: MonitoredCache): void {
  checks.required("cache.kind", cache.kind, 'Say "nodes" or "serverless".');
  checks.literalOneOf(
    "cache.kind",
    cache.kind,
    ["nodes", "serverless"],
    "Serverless caches have other metrics than nodes.",
  );
  if (cache.kind === "serverless") {
    checks.required("cache.serverlessName", cache.serverlessName, "Without it the alarms would watch nothing.");
  }
  if (cache.kind !== "nodes") return;
  checks.count("cache.nodeIds", cache.nodeIds ?? [], { min: 1, max: 90 }, "Name every node, replicas too.");
  for (const nodeId of cache.nodeIds ?? []) checkKey(checks, "cache.nodeIds", nodeId);
  checks.distinct("cache.nodeIds", cache.nodeIds, "node", "Remove the repeated one.");
}

function checkKey(checks: Checks, prop: string, key: string): void {
  checks.require(!isUnresolved(key) && KEY.test(key), {
    prop,
    expected: "a literal name of lower-case letters, digits and single hyphens",
    got: formatValue(key),
    remedy: "It is part of alarm names, and so has to be known at synth.",
  });
}

const METRIC_KINDS: Readonly<Record<keyof AppMetricNames, true>> = {
  openConnections: true,
  messagesAccepted: true,
  ackLatencyMs: true,
  deliveryLatencyMs: true,
  eventLoopLagMs: true,
  adapterConnected: true,
};

/** What CloudWatch takes for the name of a metric and for a dimension. Source: CloudWatch API reference, MetricDatum, Dimension. */
const PRINTABLE = /^(?!:)[ -~]{1,255}$/;
const PRINTABLE_RULE = "1 to 255 printable ASCII characters that do not begin with a colon";

function checkApp(checks: Checks, { namespace, dimensions, metrics, intervalSec }: MonitoredApp): void {
  const remedy = "Give the namespace that the app reports under.";
  if (checks.required("app.namespace", namespace, remedy)) {
    checks.matches("app.namespace", namespace, NAMESPACE, "a namespace of your own", remedy);
  }
  for (const [name, value] of Object.entries(dimensions ?? {})) {
    const prop = `app.dimensions.${name}`;
    checks.matches(prop, value, PRINTABLE, PRINTABLE_RULE, "Give it as the app reports it.");
  }
  checks.required("app.metrics", metrics, "Name the metrics that the app reports.");
  for (const [kind, name] of Object.entries(metrics ?? {})) {
    checks.require(kind in METRIC_KINDS, {
      prop: `app.metrics.${kind}`,
      expected: `one of ${Object.keys(METRIC_KINDS).join(", ")}`,
      got: "an unknown one",
      remedy: "Alarms on other metrics are yours to make; the topic's ARN is an output.",
    });
    const remedy = "Give the metric's name as the app reports it, or leave it out.";
    checks.matches(`app.metrics.${kind}`, name as string | undefined, PRINTABLE, PRINTABLE_RULE, remedy);
  }
  checks.integer("app.intervalSec", intervalSec, { min: 1, max: 300, unit: "seconds" }, "Once a minute is usual.");
  checks.require(!isUnresolved(intervalSec), {
    prop: "app.intervalSec",
    expected: "a literal number",
    got: formatValue(intervalSec),
    remedy: "It becomes part of an expression at synth.",
  });
}

function checkTopics(checks: Checks, props: CompleteMonitoringProps): void {
  checks.arn("alarmTopicArn", props.alarmTopicArn, "sns", "Pass the ARN of an SNS topic.");
  checks.arn("urgentTopicArn", props.urgentTopicArn, "sns", "Pass the ARN of an SNS topic.");
  checks.arn("kmsKeyArn", props.kmsKeyArn, "kms", "Pass the ARN of a KMS key, not its id or alias.");
  checkSubscriptions(checks, props.subscriptions);
  const own = [
    ...(Object.keys(props.subscriptions).length > 0 ? ["subscriptions"] : []),
    ...(props.kmsKeyArn === undefined ? [] : ["kmsKeyArn"]),
  ];
  checks.require(props.alarmTopicArn === undefined || own.length === 0, {
    prop: "alarmTopicArn",
    expected: "a topic that is complete, or none",
    got: `one beside ${own.join(" and ")}`,
    remedy: "Set them where the topic is made.",
  });
}

function checkRunbookUrl(checks: Checks, runbookUrl: string | undefined): void {
  const pattern = /^https:\/\/[^\s()#]{1,500}$/;
  checks.matches("runbookUrl", runbookUrl, pattern, "an https URL with no # in it", "Alarms hang #<id> on it.");
}
