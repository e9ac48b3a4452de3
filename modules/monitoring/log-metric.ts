import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { type TerraformProvider } from "cdktf";
import { type Construct } from "constructs";
import * as kind from "../core/kinds";
import { escapeTemplate } from "../core/tokens";

/** Counts the log events that contain a text. */
export interface LogMetric {
  /**
   * Namespace of the metric, for example `MessengerCRM/prod`. A filter on a text has no dimensions, so each deployment of an account needs
   * a namespace of its own; in a shared one, their counts are added up.
   * @default the name of the monitoring
   */
  readonly namespace?: string | undefined;
  /** The text as it appears in the log; no character in it has a special meaning. */
  readonly text: string;
  /**
   * Log group in which to count.
   * @default the log group of the service
   */
  readonly logGroupName?: string | undefined;
}

export const LOG_METRIC = kind.object<LogMetric>({
  namespace: kind.string,
  text: kind.string,
  logGroupName: kind.string,
});

/**
 * Returns a CloudWatch filter pattern that matches a text anywhere in a log event. Without the inner quotes, CloudWatch reads
 * `[WebSocket] Client connected` as a list of fields separated by spaces, and counts other events or none.
 * Source: CloudWatch Logs user guide, "Filter pattern syntax".
 */
export function literalPattern(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

export function createLogMetric(
  scope: Construct,
  metricName: string,
  metric: Required<LogMetric>,
  provider: TerraformProvider | undefined,
): void {
  new CloudwatchLogMetricFilter(scope, `log-metric-${metricName}`, {
    provider,
    name: metricName,
    logGroupName: metric.logGroupName,
    pattern: escapeTemplate(literalPattern(metric.text)),
    metricTransformation: {
      name: metricName,
      namespace: metric.namespace,
      value: "1",
      // Reports zeros while nothing matches, so that graphs have no gaps and alarms no missing data.
      defaultValue: "0",
    },
  });
}
