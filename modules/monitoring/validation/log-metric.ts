import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { literalPattern, type LogMetric } from "../log-metric";
import { METRIC_NAMESPACE, METRIC_NAMESPACE_RULE } from "./metric-names";

/** Anything below U+0020: a log event is one line, and a pattern cannot match more. */
const CONTROL_CHARACTER = /[^\u{20}-\u{10ffff}]/u;
const METRIC_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/;
const PATTERN_MAX_LENGTH = 1024;
/** Source: CloudWatch Logs API reference, CreateLogGroup. */
const LOG_GROUP_NAME = /^[.\-_/#A-Za-z0-9]{1,512}$/;

export function checkLogMetric(checks: Checks, metricName: string, metric: LogMetric, serviceHasLogs: boolean): void {
  const prop = `logMetrics.${metricName}`;
  checks.require(METRIC_NAME.test(metricName), {
    code: "monitoring/metric-name",
    prop,
    expected: "a metric name of letters, digits, _ . and -",
    got: formatValue(metricName),
    remedy: 'Use a name such as "WebSocketConnections".',
  });
  const remedy = 'Use a name such as "MessengerCRM/prod"; names that begin with AWS/ are reserved for AWS.';
  checks.matches(
    `${prop}.namespace`,
    metric.namespace,
    METRIC_NAMESPACE,
    METRIC_NAMESPACE_RULE,
    remedy,
    "monitoring/namespace",
  );
  if (checks.required(`${prop}.text`, metric.text, "Pass the text as it appears in the log.")) {
    const fits =
      isUnresolved(metric.text) ||
      typeof metric.text !== "string" ||
      (!CONTROL_CHARACTER.test(metric.text) && literalPattern(metric.text).length <= PATTERN_MAX_LENGTH);
    checks.require(fits, {
      code: "monitoring/log-text",
      prop: `${prop}.text`,
      expected: `one line, at most ${PATTERN_MAX_LENGTH} characters as a pattern`,
      got: formatValue(metric.text),
      remedy: "Use the part of the line that never changes.",
    });
  }
  checks.matches(
    `${prop}.logGroupName`,
    metric.logGroupName,
    LOG_GROUP_NAME,
    "the name of a log group, at most 512 letters, digits and . - _ / #",
    "Pass the group's name, not its ARN.",
  );
  checks.require(serviceHasLogs || metric.logGroupName !== undefined, {
    code: "monitoring/log-group-missing",
    prop: `${prop}.logGroupName`,
    expected: "a log group",
    got: formatValue(metric.logGroupName),
    remedy: "Set it here or as service.logGroupName.",
  });
}
