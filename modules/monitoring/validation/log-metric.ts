import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { literalPattern, type LogMetric } from "../log-metric";
import { METRIC_NAMESPACE } from "./metric-names";

const METRIC_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/;
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
    checks.matches(`${prop}.namespace`, metric.namespace, METRIC_NAMESPACE, "a namespace of your own", remedy);
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
