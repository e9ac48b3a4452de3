import { blocksOf, isObject, type JsonObject, type Resource } from "./resource";
import { isTemplate } from "./template-text";

/** A metric that an alarm watches. */
export interface WatchedMetric {
  readonly namespace: unknown;
  readonly metricName: unknown;
  readonly dimensions: JsonObject;
}

/** Returns the metrics of an alarm: its own, or those of its metric queries. */
export function metricsOf(alarm: Resource): readonly WatchedMetric[] {
  const queries = blocksOf(alarm.body["metric_query"]) ?? [];
  return [alarm.body, ...queries.flatMap(({ metric }) => blocksOf(metric) ?? [])].flatMap(
    ({ namespace, metric_name: metricName, dimensions }) =>
      metricName === undefined ? [] : [{ namespace, metricName, dimensions: isObject(dimensions) ? dimensions : {} }],
  );
}

/** Whether the namespace is that of an AWS service. */
export function isAwsNamespace(namespace: unknown): boolean {
  return typeof namespace === "string" && !isTemplate(namespace) && /^(AWS|ECS)\//.test(namespace);
}
