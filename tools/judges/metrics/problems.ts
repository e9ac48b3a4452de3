import { at, entries, type Json } from "../../terraform/json";
import { AWS_METRICS, DIMENSION_ATTRIBUTES } from "./aws-metrics";
import { idsOf } from "./metric-math";
import { type ExpressionUse, type MetricUse, usesOf } from "./uses";

/** Statistics of CloudWatch. Source: CloudWatch user guide, "CloudWatch statistics definitions". */
const STATISTIC =
  /^(Sum|Average|Minimum|Maximum|SampleCount|IQM|(p|tm|tc|ts|wm)\d{1,2}(\.\d+)?|(TM|TC|TS|WM|PR)\(.+\))$/;

/** What was held against AWS's pages, and what is wrong. */
export interface MetricJudgement {
  readonly metrics: number;
  readonly expressions: number;
  /** Metrics that the application has to publish, which are not held against anything. */
  readonly ofTheApp: number;
  readonly problems: readonly string[];
}

/**
 * Holds the metrics and expressions of a stack against what AWS and the stack publish.
 * @param published metrics of the application as `namespace name (dimensions)`; default: those of any namespace that is not AWS's
 */
export function judgeMetrics(stack: Json, published?: readonly string[]): MetricJudgement {
  const { metrics, expressions } = usesOf(stack);
  const own = ownMetrics(stack);
  const isOfTheApp = (use: MetricUse) => published === undefined && isUnknown(use, own);
  const judged = metrics.filter((use) => !isOfTheApp(use));
  const known = new Set([...own, ...(published ?? [])]);
  return {
    metrics: judged.length,
    expressions: expressions.length,
    ofTheApp: metrics.length - judged.length,
    problems: [
      ...judged.flatMap((use) => metricProblem(use, known).map((problem) => `${use.where}: ${problem}`)),
      ...expressions.flatMap((use) => expressionProblem(use).map((problem) => `${use.where}: ${problem}`)),
      ...insightsProblem(stack, metrics),
    ],
  };
}

/** Whether a metric is neither in a namespace of AWS nor counted by the stack. */
function isUnknown({ namespace, name, dimensions }: MetricUse, own: ReadonlySet<string>): boolean {
  const isOfAws = namespace.startsWith("AWS/") || namespace in AWS_METRICS;
  return !isOfAws && !own.has(metricKey(namespace, name, Object.keys(dimensions).sort()));
}

function metricProblem(use: MetricUse, own: ReadonlySet<string>): string[] {
  const { namespace, name, dimensions, statistic } = use;
  const wrongStatistic = STATISTIC.test(statistic) ? [] : [`no statistic ${statistic}`];
  const names = Object.keys(dimensions).sort();
  const known = AWS_METRICS[namespace];
  if (known === undefined) {
    const key = metricKey(namespace, name, names);
    return own.has(key) ? wrongStatistic : [...wrongStatistic, `nothing publishes ${key}`];
  }
  const sets = known.metrics[name];
  if (sets === undefined) return [...wrongStatistic, `${namespace} has no metric ${name} (${known.source})`];
  const fits = sets.some((set) => [...set].sort().join(" ") === names.join(" "));
  const values = Object.entries(dimensions).flatMap(([dimension, value]) => {
    const format = DIMENSION_ATTRIBUTES[dimension];
    return format === undefined || format.test(value) ? [] : [`the dimension ${dimension} is not ${value}`];
  });
  const wrongDimensions = fits ? [] : [`${namespace} ${name} has no dimensions ${names.join(", ")} (${known.source})`];
  return [...wrongStatistic, ...wrongDimensions, ...values];
}

/** What the stack publishes itself, by its metric filters. */
function ownMetrics(stack: Json): ReadonlySet<string> {
  const filters = entries(at(stack, "resource", "aws_cloudwatch_log_metric_filter")).map(([, filter]) => {
    const text = (field: string) => at(filter, "metric_transformation", field) as string;
    return metricKey(text("namespace"), text("name"), []);
  });
  return new Set(filters);
}

/** Names a metric as problems do. */
export function metricKey(namespace: string, name: string, dimensions: readonly string[]): string {
  return `${namespace} ${name} (${dimensions.join(", ")})`;
}

function expressionProblem({ expression, ids }: ExpressionUse): string[] {
  try {
    const unknown = idsOf(expression).filter((id) => !ids.includes(id));
    return unknown.map((id) => `${expression}: no metric has the id ${id}`);
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Container Insights publishes only for clusters that have it on. Source: ECS developer guide, "Container Insights". */
function insightsProblem(stack: Json, metrics: readonly MetricUse[]): string[] {
  const uses = metrics.filter(({ namespace }) => namespace === "ECS/ContainerInsights");
  const clusters = entries(at(stack, "resource", "aws_ecs_cluster")).map(([, cluster]) => JSON.stringify(cluster));
  const on = clusters.some((text) => /"containerInsights","value":"(enabled|enhanced)"/.test(text));
  return uses.length > 0 && !on ? [`${uses[0]?.where}: no cluster has Container Insights on`] : [];
}
