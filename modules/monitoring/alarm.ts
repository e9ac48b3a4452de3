import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { escapeTemplate } from "../core/tokens";
import { isMath, type Metric, type MetricOrMath } from "./metric";

const COMPARISON = {
  ">": "GreaterThanThreshold",
  ">=": "GreaterThanOrEqualToThreshold",
  "<": "LessThanThreshold",
} as const;

/** One alarm as data. */
export interface AlarmSpec {
  /** End of the alarm's name, construct id, and heading of its entry in the runbook. */
  readonly id: string;
  /** What it means for users and where to look first, for a person who was just woken up. */
  readonly description: string;
  readonly watch: MetricOrMath;
  readonly comparison: keyof typeof COMPARISON;
  readonly threshold: number;
  /** How many of the last `periods` have to be beyond the threshold; never more than those. */
  readonly datapoints: number;
  readonly periods: number;
  /** What silence means. Each alarm says why. */
  readonly missingData: "breaching" | "notBreaching" | "missing";
  /** Whether users notice: then it counts for the alarm that pages. */
  readonly userFacing?: boolean;
}

export interface AlarmSettings {
  /** Stem of the alarm's name. */
  readonly name: string;
  /** Topics that hear of both ALARM and OK. */
  readonly topicArns: readonly string[];
  readonly runbookUrl?: string;
}

/** Source: CloudWatch API reference, PutMetricAlarm.AlarmName. */
export const ALARM_NAME_MAX_LENGTH = 255;

export function createAlarm(scope: Construct, spec: AlarmSpec, settings: AlarmSettings): CloudwatchMetricAlarm {
  return new CloudwatchMetricAlarm(scope, spec.id, {
    alarmName: physicalName([settings.name, spec.id], { maxLength: ALARM_NAME_MAX_LENGTH }),
    alarmDescription: description(spec, settings.runbookUrl),
    comparisonOperator: COMPARISON[spec.comparison],
    threshold: spec.threshold,
    evaluationPeriods: spec.periods,
    datapointsToAlarm: spec.datapoints,
    treatMissingData: spec.missingData,
    alarmActions: [...settings.topicArns],
    okActions: [...settings.topicArns],
    ...watched(spec.watch),
  });
}

function description(spec: AlarmSpec, runbookUrl: string | undefined): string {
  return runbookUrl ? `${spec.description} Runbook: ${escapeTemplate(runbookUrl)}#${spec.id}` : spec.description;
}

function watched(watch: MetricOrMath): Partial<CloudwatchMetricAlarmConfig> {
  if (!isMath(watch)) return simple(watch);
  const metrics = Object.entries(watch.metrics).map(([id, metric]) => ({
    id,
    returnData: false,
    metric: {
      ...address(metric),
      period: metric.periodSec,
      stat: metric.statistic,
    },
  }));
  return {
    metricQuery: [{ id: "result", expression: watch.expression, label: "result", returnData: true }, ...metrics],
  };
}

function simple(metric: Metric): Partial<CloudwatchMetricAlarmConfig> {
  const statistic = metric.statistic.startsWith("p")
    ? // Of three requests one is no percentile: too few samples leave the state as it is.
      { extendedStatistic: metric.statistic, evaluateLowSampleCountPercentiles: "ignore" }
    : { statistic: metric.statistic };
  return { ...address(metric), period: metric.periodSec, ...statistic };
}

function address(metric: Metric) {
  const dimensions: Record<string, string> = Object.fromEntries(
    Object.entries(metric.dimensions).map(([name, value]) => [escapeTemplate(name), escapeTemplate(value)]),
  );
  return { namespace: metric.namespace, metricName: escapeTemplate(metric.metricName), dimensions };
}
