import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { type TerraformProvider } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { escapeTemplate } from "../core/tokens";
import { isMath, type Metric, type MetricOrMath } from "./metric";
import { type Place } from "./places";

const COMPARISON = {
  ">": "GreaterThanThreshold",
  ">=": "GreaterThanOrEqualToThreshold",
  "<": "LessThanThreshold",
} as const;

/** One alarm as data. */
export interface AlarmSpec {
  /** Suffix of the alarm's name and its construct id. */
  readonly id: string;
  /**
   * Heading of its entry in the runbook, which alarms of several nodes, targets or replicas share.
   * @default the id
   */
  readonly entry?: string | undefined;
  /** What is wrong and what it means for users: one or two sentences for the person on call. Names no place. */
  readonly wrong: string;
  /** Where to look, the most useful place first. */
  readonly look: readonly Place[];
  /** What to do first, as a sentence without its capital. Names no place. */
  readonly first: string;
  readonly watch: MetricOrMath;
  readonly comparison: keyof typeof COMPARISON;
  readonly threshold: number;
  /** How many of the last `periods` must be beyond the threshold; at most `periods`. */
  readonly datapoints: number;
  readonly periods: number;
  /** What missing data means; each alarm gives the reason in a comment. */
  readonly missingData: "breaching" | "notBreaching" | "missing" | "ignore";
  /** Whether users notice the failure; if so, the alarm is part of the composite alarm `service-unhealthy`. */
  readonly userFacing?: boolean | undefined;
}

export interface AlarmSettings {
  /** Stem of the alarm's name. */
  readonly name: string;
  /** Topics that are notified of both ALARM and OK. */
  readonly topicArns: readonly string[];
  readonly runbookUrl?: string | undefined;
  /**
   * Whether an alarm is destroyed only after what refers to it has been updated. Everything that the alarm refers to is then replaced in the
   * same order, which a database or a cache does not survive: the name of the old one is taken.
   * @default false
   */
  readonly createBeforeDestroy?: boolean | undefined;
  /** Dashboard that descriptions refer to; `undefined` when there is none. */
  readonly dashboardName?: string | undefined;
  readonly provider?: TerraformProvider | undefined;
}

/** Source: CloudWatch API reference, PutMetricAlarm.AlarmName. */
export const ALARM_NAME_MAX_LENGTH = 255;

export function createAlarm(scope: Construct, spec: AlarmSpec, settings: AlarmSettings): CloudwatchMetricAlarm {
  return new CloudwatchMetricAlarm(scope, spec.id, {
    alarmName: physicalName([settings.name, spec.id], { maxLength: ALARM_NAME_MAX_LENGTH }),
    alarmDescription: describe(spec, settings),
    provider: settings.provider,
    comparisonOperator: COMPARISON[spec.comparison],
    threshold: spec.threshold,
    evaluationPeriods: spec.periods,
    datapointsToAlarm: spec.datapoints,
    treatMissingData: spec.missingData,
    alarmActions: [...settings.topicArns],
    okActions: [...settings.topicArns],
    ...metricConfig(spec.watch),
    ...(settings.createBeforeDestroy ? { lifecycle: { createBeforeDestroy: true } } : {}),
  });
}

/** The graph that CloudWatch shows with every alarm. */
const OWN_GRAPH = "the alarm's own graph";

function describe(
  { id, entry = id, wrong, look, first }: AlarmSpec,
  { runbookUrl, dashboardName }: AlarmSettings,
): string {
  const places = look.map((place) => place(dashboardName)).filter((place) => place !== undefined);
  const sentences = [
    wrong,
    `Look at ${places.length === 0 ? OWN_GRAPH : places.join("; ")}.`,
    `First: ${first}`,
    ...runbookSentence(runbookUrl, entry),
  ];
  return escapeTemplate(sentences.join(" "));
}

/** Links to an entry of the runbook, if there is one. */
export function runbookSentence(runbookUrl: string | undefined, entry: string): string[] {
  return runbookUrl === undefined || runbookUrl === "" ? [] : [`Runbook: ${runbookUrl}#${entry}`];
}

function metricConfig(watch: MetricOrMath): Partial<CloudwatchMetricAlarmConfig> {
  if (!isMath(watch)) return singleMetricConfig(watch);
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

function singleMetricConfig(metric: Metric): Partial<CloudwatchMetricAlarmConfig> {
  const statistic = metric.statistic.startsWith("p")
    ? // A percentile of a few samples means nothing, so too few samples leave the state unchanged.
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
