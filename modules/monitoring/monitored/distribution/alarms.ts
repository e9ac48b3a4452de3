import { type AlarmSpec } from "../../alarm";
import { metricFactory, type MetricMath } from "../../metric";
import { distribution as distributionPlace } from "../../places";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { type MonitoredDistribution } from "./props";

export function distributionAlarms(distribution: MonitoredDistribution, thresholds: CompleteThresholds): AlarmSpec[] {
  return [
    {
      id: "cloudfront-errors",
      wrong:
        "CloudFront answers with 5xx: the origin fails, refuses or does not answer. If no alarm of the load balancer is on, requests do not reach it.",
      look: [distributionPlace(distribution.distributionId)],
      first:
        "compare with the alarms of the stack's own region, then with the last change of the origin, its certificate or its secret header.",
      watch: errorPercent(distribution, thresholds),
      comparison: ">",
      threshold: thresholds.distributionErrorPercent,
      datapoints: 3,
      periods: 5,
      // Without requests there is no metric.
      missingData: "notBreaching",
      userFacing: true,
    },
  ];
}

/**
 * Returns the percentage of responses that are errors, and 0 while there are too few requests for a percentage.
 * Source: CloudFront developer guide, "Using the CloudFront API to monitor distributions": dimensions and statistics.
 */
function errorPercent(
  { distributionId }: MonitoredDistribution,
  { requestFloorPerMinute }: CompleteThresholds,
): MetricMath {
  const metric = metricFactory("AWS/CloudFront", { DistributionId: distributionId, Region: "Global" });
  return {
    expression: `IF(requests >= ${requestFloorPerMinute}, errors, 0)`,
    metrics: { errors: metric("5xxErrorRate", "Average"), requests: metric("Requests", "Sum") },
  };
}
