import { type AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import {
  AutoscalingPolicy,
  type AutoscalingPolicyTargetTrackingConfiguration as TargetTracking,
} from "@cdktf/provider-aws/lib/autoscaling-policy";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { escapeTemplate } from "../core/tokens";
import { type MetricRef } from "../ecs/references";
import { type CompleteEc2ServiceProps } from "./defaults";

/** Creates one target tracking policy for each metric with a target. Any of them scales out; all have to agree to scale in. */
export function createScaling(scope: Construct, props: CompleteEc2ServiceProps, group: AutoscalingGroup): void {
  for (const [id, targetTrackingConfiguration] of trackedTargets(props)) {
    new AutoscalingPolicy(scope, `scaling-${id}`, {
      name: physicalName([props.name, id], { maxLength: 255 }),
      autoscalingGroupName: group.name,
      policyType: "TargetTrackingScaling",
      targetTrackingConfiguration,
    });
  }
}

function trackedTargets({ autoscaling, connectionMetric }: CompleteEc2ServiceProps): [string, TargetTracking][] {
  const { cpuPercent, connectionsPerProcess } = autoscaling;
  const tracked: [string, TargetTracking][] = [];
  if (cpuPercent !== false) {
    const predefinedMetricSpecification = { predefinedMetricType: "ASGAverageCPUUtilization" };
    tracked.push(["cpu", { targetValue: cpuPercent, predefinedMetricSpecification }]);
  }
  if (connectionsPerProcess !== undefined && connectionMetric) {
    tracked.push(["connections", gaugePerProcess(connectionMetric, connectionsPerProcess)]);
  }
  return tracked;
}

/**
 * Tracks the sum of a gauge divided by its number of samples: the mean per process, because every process reports equally often. AWS does
 * not scale in on missing data, so the app reports zeros.
 */
function gaugePerProcess(metric: MetricRef, targetValue: number): TargetTracking {
  const metricName = escapeTemplate(metric.metricName);
  const named = {
    namespace: escapeTemplate(metric.namespace),
    metricName,
    dimensions: Object.entries(metric.dimensions).map(([name, value]) => ({
      name: escapeTemplate(name),
      value: escapeTemplate(value),
    })),
  };
  const stat = (id: string, statistic: string) => ({
    id,
    metricStat: { stat: statistic, metric: named },
    returnData: false,
  });
  return {
    targetValue,
    customizedMetricSpecification: {
      metrics: [
        stat("open", "Sum"),
        stat("reports", "SampleCount"),
        { id: "per_process", label: `${metricName} per process`, expression: "open / reports", returnData: true },
      ],
    },
  };
}
