import { at, entries, type Json } from "../../terraform/json";
import { Expressions } from "../terraform-expressions";

/** A metric that an alarm, a dashboard or a scaling policy reads. */
export interface MetricUse {
  readonly where: string;
  readonly namespace: string;
  readonly name: string;
  /** Values as Terraform has them, with references unresolved. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
}

/** An expression with the ids that it may read. */
export interface ExpressionUse {
  readonly where: string;
  readonly expression: string;
  readonly ids: readonly string[];
}

export interface Uses {
  readonly metrics: readonly MetricUse[];
  readonly expressions: readonly ExpressionUse[];
}

type Fields = Readonly<Record<string, Json>>;

/** Lists every metric and expression in a synthesized stack. */
export function usesOf(stack: Json): Uses {
  const found = [...alarms(stack), ...scalingPolicies(stack), ...dashboards(stack)];
  return { metrics: found.flatMap(({ metrics }) => metrics), expressions: found.flatMap((use) => use.expressions) };
}

function each(stack: Json, type: string): [string, Fields][] {
  return entries(at(stack, "resource", type)) as [string, Fields][];
}

function alarms(stack: Json): Uses[] {
  return each(stack, "aws_cloudwatch_metric_alarm").map(([where, alarm]) => {
    if (alarm["metric_query"] !== undefined) return queries(where, alarm["metric_query"] as readonly Fields[]);
    const statistic = (alarm["statistic"] ?? alarm["extended_statistic"]) as string;
    return { metrics: [metric(where, alarm, statistic, alarm["dimensions"])], expressions: [] };
  });
}

/** Metric queries of an alarm or a scaling policy: each a metric or an expression, with an id. */
function queries(where: string, list: readonly Fields[]): Uses {
  const ids = list.map(({ id }) => id as string);
  const metrics = list.flatMap((query) => {
    const block = one(query["metric"] ?? query["metric_stat"]);
    if (block === undefined) return [];
    const inner = one(block["metric"]) ?? block;
    return [metric(where, inner, block["stat"] as string, inner["dimensions"])];
  });
  const expressions = list
    .filter(({ expression }) => typeof expression === "string")
    .map(({ expression, id }) => ({
      where,
      expression: expression as string,
      ids: ids.filter((other) => other !== id),
    }));
  return { metrics, expressions };
}

function metric(where: string, block: Fields, statistic: string, dimensions: Json | undefined): MetricUse {
  const named = Array.isArray(dimensions)
    ? Object.fromEntries((dimensions as readonly Fields[]).map(({ name, value }) => [name as string, value as string]))
    : ((dimensions ?? {}) as Record<string, string>);
  return {
    where,
    namespace: block["namespace"] as string,
    name: block["metric_name"] as string,
    dimensions: named,
    statistic,
  };
}

function scalingPolicies(stack: Json): Uses[] {
  return each(stack, "aws_appautoscaling_policy").flatMap(([where, policy]) => {
    const tracking = one(policy["target_tracking_scaling_policy_configuration"]);
    const custom = one(tracking?.["customized_metric_specification"]);
    return custom?.["metrics"] === undefined ? [] : [queries(where, custom["metrics"] as readonly Fields[])];
  });
}

/** Source: CloudWatch API reference, "Dashboard body structure and syntax": `[namespace, name, dimension, value, ..., options]`. */
function dashboards(stack: Json): Uses[] {
  return each(stack, "aws_cloudwatch_dashboard").flatMap(([where, { dashboard_body: body }]) => {
    const { widgets } = JSON.parse(quoted(body as string)) as { widgets: readonly { properties: Fields }[] };
    return widgets.flatMap(({ properties }) => rows(where, properties, new Expressions(stack)));
  });
}

/** Escapes the quotes inside `${...}`, which Terraform does not read as JSON. */
function quoted(body: string): string {
  return body.replace(/\$\{[^}]*\}/g, (reference) => reference.replaceAll('"', '\\"'));
}

function rows(where: string, properties: Fields, expressions: Expressions): Uses[] {
  const list = (properties["metrics"] ?? []) as readonly (readonly Json[])[];
  const options = (row: readonly Json[]): Fields => {
    const last = row.at(-1);
    return typeof last === "object" && last !== null ? (last as Fields) : {};
  };
  const ids = list.map((row) => options(row)["id"]).filter((id): id is string => typeof id === "string");
  return list.map((row) => {
    const { expression, stat } = options(row);
    if (typeof expression === "string") {
      return { metrics: [], expressions: [{ where, expression: expressions.resolve(expression), ids }] };
    }
    const texts = row.filter((part): part is string => typeof part === "string");
    const [namespace = "", name = "", ...pairs] = texts;
    const dimensions = Object.fromEntries(
      pairs.flatMap((key, index) => (index % 2 === 0 ? [[key, pairs[index + 1] ?? ""]] : [])),
    ) as Record<string, string>;
    const statistic = (stat ?? properties["stat"] ?? "Average") as string;
    return { metrics: [{ where, namespace, name, dimensions, statistic }], expressions: [] };
  });
}

/** A block, whether synthesized as itself or as a list of one. */
function one(value: Json | undefined): Fields | undefined {
  return (Array.isArray(value) ? (value as readonly Json[])[0] : value) as Fields | undefined;
}
