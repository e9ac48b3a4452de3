import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { type Construct } from "constructs";
import { type Checks, formatValue } from "../core/checks";
import { escapeTemplate, isUnresolved } from "../core/tokens";

/** Counts the log events in which a text stands. */
export interface LogMetric {
  /** Namespace of the metric, for example `MessengerCRM`. */
  readonly namespace: string;
  /** The text, as it stands in the log: nothing in it has a special meaning. */
  readonly text: string;
  /**
   * Log group to count in.
   * @default that of the service
   */
  readonly logGroupName?: string;
}

/**
 * A CloudWatch filter pattern that matches a text wherever it stands in a log event. Without the inner quotes CloudWatch reads
 * `[WebSocket] Client connected` as a list of fields parted by spaces, and counts something else or nothing.
 * Source: CloudWatch Logs user guide, "Filter pattern syntax".
 */
export function literalPattern(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

export function createLogMetric(scope: Construct, metricName: string, metric: Required<LogMetric>): void {
  new CloudwatchLogMetricFilter(scope, `log-metric-${metricName}`, {
    name: metricName,
    logGroupName: metric.logGroupName,
    pattern: escapeTemplate(literalPattern(metric.text)),
    metricTransformation: {
      name: metricName,
      namespace: metric.namespace,
      value: "1",
      // Zeros while nothing matches, so that graphs have no gaps and alarms no missing data.
      defaultValue: "0",
    },
  });
}

const METRIC_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/;
export const NAMESPACE = /^(?!AWS\/)[A-Za-z0-9_.\-/#]{1,255}$/;
const LONGEST_PATTERN = 1024;

export function checkLogMetric(checks: Checks, metricName: string, metric: LogMetric, serviceLogs: boolean): void {
  const prop = `logMetrics.${metricName}`;
  checks.require(METRIC_NAME.test(metricName), {
    prop,
    expected: "a metric name of letters, digits, _ . and -",
    got: formatValue(metricName),
    remedy: 'For example "WebSocketConnections".',
  });
  const remedy = 'For example "MessengerCRM"; AWS keeps names that begin with AWS/ for itself.';
  if (checks.required(`${prop}.namespace`, metric.namespace, remedy)) {
    checks.matches(`${prop}.namespace`, metric.namespace, NAMESPACE, "a namespace of your own", remedy);
  }
  if (checks.required(`${prop}.text`, metric.text, "Give the text that stands in the log.")) {
    const fits =
      isUnresolved(metric.text) ||
      typeof metric.text !== "string" ||
      // eslint-disable-next-line no-control-regex -- a log event is one line, and a pattern cannot hold more
      (!/[\u0000-\u001f]/.test(metric.text) && literalPattern(metric.text).length <= LONGEST_PATTERN);
    checks.require(fits, {
      prop: `${prop}.text`,
      expected: `one line, at most ${LONGEST_PATTERN} characters as a pattern`,
      got: formatValue(metric.text),
      remedy: "Take the part of the line that never changes.",
    });
  }
  checks.require(serviceLogs || metric.logGroupName !== undefined, {
    prop: `${prop}.logGroupName`,
    expected: "a log group",
    got: formatValue(metric.logGroupName),
    remedy: "Give it here, or as service.logGroupName.",
  });
}
