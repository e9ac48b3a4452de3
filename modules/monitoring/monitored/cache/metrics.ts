import { metricFactory, type MetricFactory } from "../../metric";

const NAMESPACE = "AWS/ElastiCache";

export function nodeMetric(nodeId: string): MetricFactory {
  return metricFactory(NAMESPACE, { CacheClusterId: nodeId });
}

export function serverlessMetric(serverlessName: string): MetricFactory {
  return metricFactory(NAMESPACE, { clusterName: serverlessName });
}
