import { metricFactory, type MetricMath } from "../../metric";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { type MonitoredLoadBalancer } from "./props";

const NAMESPACE = "AWS/ApplicationELB";

export function loadBalancerMetrics({ loadBalancerArnSuffix }: MonitoredLoadBalancer) {
  const metric = metricFactory(NAMESPACE, { LoadBalancer: loadBalancerArnSuffix });
  return {
    requests: metric("RequestCount", "Sum"),
    ownErrors: metric("HTTPCode_ELB_5XX_Count", "Sum"),
    rejected: metric("RejectedConnectionCount", "Sum"),
    activeConnections: metric("ActiveConnectionCount", "Sum"),
    newConnections: metric("NewConnectionCount", "Sum"),
  };
}

export type TargetMetrics = ReturnType<typeof targetMetrics>;

export function targetMetrics({ loadBalancerArnSuffix }: MonitoredLoadBalancer, targetGroupArnSuffix: string) {
  const metric = metricFactory(NAMESPACE, { LoadBalancer: loadBalancerArnSuffix, TargetGroup: targetGroupArnSuffix });
  return {
    requests: metric("RequestCount", "Sum"),
    errors: metric("HTTPCode_Target_5XX_Count", "Sum"),
    healthy: metric("HealthyHostCount", "Maximum"),
    unhealthy: metric("UnHealthyHostCount", "Maximum"),
    responseTime: metric("TargetResponseTime", "p99"),
    responseTimeMedian: metric("TargetResponseTime", "p50"),
  };
}

/** Returns the percentage of responses that are errors, and 0 while there are too few requests for a percentage. */
export function targetErrorPercent(
  { errors, requests }: Pick<TargetMetrics, "errors" | "requests">,
  { requestFloorPerMinute }: CompleteThresholds,
): MetricMath {
  const expression = `IF(requests >= ${requestFloorPerMinute}, 100 * FILL(errors, 0) / requests, 0)`;
  return { expression, metrics: { errors, requests } };
}
