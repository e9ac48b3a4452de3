import { contract } from "../../app/contract";
import { at, entries, type Json } from "../../tools/terraform/json";
import { AWS_METRICS, DIMENSION_ATTRIBUTES } from "./aws-metrics";
import { idsOf } from "./metric-math";
import { type ExpressionUse, type MetricUse, usesOf } from "./uses";

/** Statistics of CloudWatch. Source: CloudWatch user guide, "CloudWatch statistics definitions". */
const STATISTIC =
  /^(Sum|Average|Minimum|Maximum|SampleCount|IQM|(p|tm|tc|ts|wm)\d{1,2}(\.\d+)?|(TM|TC|TS|WM|PR)\(.+\))$/;

/** Returns what is wrong with the metrics and expressions of a stack; empty if AWS or the stack publishes all of them. */
export function metricProblems(stack: Json): string[] {
  const { metrics, expressions } = usesOf(stack);
  const own = ownMetrics(stack);
  return [
    ...metrics.flatMap((use) => metricProblem(use, own).map((problem) => `${use.where}: ${problem}`)),
    ...expressions.flatMap((use) => expressionProblem(use).map((problem) => `${use.where}: ${problem}`)),
    ...insightsProblem(stack, metrics),
  ];
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

/** What the stack publishes itself: the app's metrics, and those of metric filters. */
function ownMetrics(stack: Json): ReadonlySet<string> {
  const { namespace, dimension } = contract.metrics;
  const app = Object.values(contract.container.metrics.names).map((name) => metricKey(namespace, name, [dimension]));
  const filters = entries(at(stack, "resource", "aws_cloudwatch_log_metric_filter")).map(([, filter]) => {
    const text = (field: string) => at(filter, "metric_transformation", field) as string;
    return metricKey(text("namespace"), text("name"), []);
  });
  return new Set([...app, ...filters, ...EXAMPLE_METRICS]);
}

/** Metrics of the application in the examples, which is not in this repository. */
const EXAMPLE_METRICS = ["Chat OpenConnections (Service)"];

function metricKey(namespace: string, name: string, dimensions: readonly string[]): string {
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
