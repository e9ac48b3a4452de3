import { ARN_TYPES } from "../../core/arn-types";
import { type Checks } from "../../core/checks";
import { checkProvider } from "../../core/provider";
import { type CompleteMonitoringProps } from "../defaults";
import { type LogMetric } from "../log-metric";
import { type CompleteThresholds } from "../thresholds/defaults";
import { checkEdge } from "./edge";
import { checkLogMetric } from "./log-metric";
import { checkMonitored } from "./monitored";
import { checkRunbookUrl } from "./runbook-url";
import { checkSubscriptions } from "./subscriptions";
import { checkThresholds } from "./thresholds";

/**
 * @param region of the alarms, when it is known at synth
 * @throws ConfigurationError with every problem of the props
 */
export function validateMonitoring(
  checks: Checks,
  props: CompleteMonitoringProps,
  thresholds: CompleteThresholds,
  region: string | undefined,
): void {
  checks.baseName("name", props.name);
  checkProvider(checks, "provider", props.provider);
  const { service, instances, loadBalancer, database, cache, waf, app, distribution } = props;
  const monitored = [
    service,
    instances,
    loadBalancer,
    database,
    cache,
    waf,
    app,
    distribution,
    ...Object.keys(props.certificates ?? {}),
  ];
  checks.require(
    monitored.some((resource) => resource !== undefined),
    {
      code: "monitoring/nothing-to-monitor",
      prop: "props",
      expected: "at least one resource to monitor",
      got: "nothing",
      remedy:
        "Pass at least one of service, instances, loadBalancer, database, cache, waf, app, distribution, certificates.",
    },
  );
  checkMonitored(checks, props);
  checkEdge(checks, props, region);
  checkThresholds(checks, thresholds);
  checkTopics(checks, props);
  checkLogMetrics(checks, props);
  checkRunbookUrl(checks, props.runbookUrl);
  checks.literalBoolean("dashboard", props.dashboard);
  checks.throwIfInvalid();
}

/** Metric filters of one log group. Source: CloudWatch Logs user guide, "CloudWatch Logs quotas". */
const MAX_METRIC_FILTERS = 100;

function checkLogMetrics(checks: Checks, props: CompleteMonitoringProps): void {
  const groups = Object.values<LogMetric | undefined>(props.logMetrics).map(
    (metric) => metric?.logGroupName ?? props.service?.logGroupName,
  );
  const most = Math.max(0, ...groups.map((group) => groups.filter((other) => other === group).length));
  checks.require(most <= MAX_METRIC_FILTERS, {
    code: "core/wrong-count",
    prop: "logMetrics",
    expected: `at most ${MAX_METRIC_FILTERS} for each log group`,
    got: `${most}`,
    remedy: "CloudWatch Logs allows no more: let the app report metrics of its own.",
  });
  for (const [metricName, metric] of Object.entries<LogMetric | undefined>(props.logMetrics)) {
    // An entry that is not an object was reported when the props were read.
    if (metric === undefined) continue;
    checkLogMetric(checks, metricName, metric, props.service?.logGroupName !== undefined);
  }
}

function checkTopics(checks: Checks, props: CompleteMonitoringProps): void {
  checks.arn("alarmTopicArn", props.alarmTopicArn, ARN_TYPES.topic, "Pass the ARN of an SNS topic.", props.provider);
  checks.arn("urgentTopicArn", props.urgentTopicArn, ARN_TYPES.topic, "Pass the ARN of an SNS topic.", props.provider);
  checks.arn(
    "kmsKeyArn",
    props.kmsKeyArn,
    ARN_TYPES.kmsKey,
    "Pass the ARN of a KMS key, not its id or alias.",
    props.provider,
  );
  checkSubscriptions(checks, props.subscriptions);
  const own = [
    ...(Object.keys(props.subscriptions).length > 0 ? ["subscriptions"] : []),
    ...(props.kmsKeyArn === undefined ? [] : ["kmsKeyArn"]),
  ];
  checks.require(props.alarmTopicArn === undefined || own.length === 0, {
    code: "monitoring/settings-of-existing-topic",
    prop: "alarmTopicArn",
    expected: "an existing topic or the settings of a new one",
    got: `a topic together with ${own.join(" and ")}`,
    remedy: "Set them where the topic is created.",
  });
}
