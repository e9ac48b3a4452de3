import {
  AppautoscalingPolicy,
  type AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration as TargetTracking,
} from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingScheduledAction } from "@cdktf/provider-aws/lib/appautoscaling-scheduled-action";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Op, Token } from "cdktf";
import { type Construct } from "constructs";
import { lifecycleWithPreconditions, applyTimePrecondition } from "../core/apply-time";
import { physicalName } from "../core/names";
import { escapeTemplate, isUnresolved } from "../core/tokens";
import { type LoadBalancerTarget, type MetricRef } from "./references";
import { type CompleteServiceAutoscaling } from "./autoscaling-props";

export interface AutoscalingInputs {
  /** Stem of the names of policies and schedules. */
  readonly name: string;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly autoscaling: CompleteServiceAutoscaling;
  readonly connectionMetric: MetricRef | undefined;
  readonly loadBalancer: LoadBalancerTarget | undefined;
}

/** Creates the scalable target, its target tracking policies and its schedules. */
export function createAutoscaling(scope: Construct, inputs: AutoscalingInputs): AppautoscalingTarget {
  const target = createTarget(scope, inputs);
  for (const [id, configuration] of trackedTargets(inputs)) {
    new AppautoscalingPolicy(scope, `autoscaling-${id}`, {
      name: physicalName([inputs.name, id], { maxLength: 255 }),
      policyType: "TargetTrackingScaling",
      ...identity(target),
      targetTrackingScalingPolicyConfiguration: {
        scaleOutCooldown: inputs.autoscaling.scaleOutCooldownSec,
        scaleInCooldown: inputs.autoscaling.scaleInCooldownSec,
        ...configuration,
      },
    });
  }
  createSchedules(scope, inputs, target);
  return target;
}

function createTarget(
  scope: Construct,
  { clusterName, serviceName, autoscaling: { minCount, maxCount, schedules } }: AutoscalingInputs,
): AppautoscalingTarget {
  return new AppautoscalingTarget(scope, "autoscaling-target", {
    serviceNamespace: "ecs",
    scalableDimension: "ecs:service:DesiredCount",
    resourceId: `service/${clusterName}/${serviceName}`,
    minCapacity: minCount,
    maxCapacity: maxCount,
    lifecycle: lifecycleWithPreconditions(
      applyTimePrecondition(
        [minCount, maxCount],
        () => Op.lte(minCount, maxCount),
        "autoscaling: expected minCount to be at most maxCount.",
      ),
      // A schedule changes the bounds; an apply during the scheduled event would change them back.
      Object.keys(schedules).length > 0 ? { ignoreChanges: ["min_capacity", "max_capacity"] } : undefined,
    ),
  });
}

function identity({ resourceId, scalableDimension, serviceNamespace }: AppautoscalingTarget) {
  return { resourceId, scalableDimension, serviceNamespace };
}

/** Returns one policy for each metric with a target. Any of them scales out; all have to agree to scale in. */
function trackedTargets({
  autoscaling,
  connectionMetric,
  loadBalancer,
}: AutoscalingInputs): [string, TargetTracking][] {
  const { cpuPercent, memoryPercent, requestsPerTask, connectionsPerTask } = autoscaling;
  const tracked: [string, TargetTracking][] = [];
  if (cpuPercent !== false) tracked.push(["cpu", predefined("ECSServiceAverageCPUUtilization", cpuPercent)]);
  if (memoryPercent !== undefined) {
    tracked.push(["memory", predefined("ECSServiceAverageMemoryUtilization", memoryPercent)]);
  }
  if (requestsPerTask !== undefined && loadBalancer) {
    const label = `${loadBalancer.loadBalancerArnSuffix}/${loadBalancer.targetGroupArnSuffix}`;
    tracked.push(["requests", predefined("ALBRequestCountPerTarget", requestsPerTask, label)]);
  }
  if (connectionsPerTask !== undefined && connectionMetric) {
    tracked.push(["connections", gaugePerTask(connectionMetric, connectionsPerTask)]);
  }
  return tracked;
}

function predefined(predefinedMetricType: string, targetValue: number, resourceLabel?: string): TargetTracking {
  return { targetValue, predefinedMetricSpecification: { predefinedMetricType, resourceLabel } };
}

/**
 * Tracks the sum of a gauge divided by its number of samples: the mean per task, because every task reports equally often.
 * Dividing by RunningTaskCount would need Container Insights and exactly one report in each period, and would count tasks that
 * are still starting. AWS does not scale in on missing data, so the app reports zeros.
 */
function gaugePerTask(metric: MetricRef, targetValue: number): TargetTracking {
  const namespace = escapeTemplate(metric.namespace);
  const metricName = escapeTemplate(metric.metricName);
  const dimensions = Object.entries(metric.dimensions).map(([name, value]) => ({
    name: escapeTemplate(name),
    value: escapeTemplate(value),
  }));
  const stat = (id: string, statistic: string) => ({
    id,
    metricStat: { stat: statistic, metric: { namespace, metricName, dimensions } },
    returnData: false,
  });
  return {
    targetValue,
    customizedMetricSpecification: {
      metrics: [
        stat("open", "Sum"),
        stat("reports", "SampleCount"),
        { id: "per_task", label: `${metricName} per task`, expression: "open / reports", returnData: true },
      ],
    },
  };
}

function createSchedules(
  scope: Construct,
  { name, autoscaling }: AutoscalingInputs,
  target: AppautoscalingTarget,
): void {
  for (const [id, { schedule, timezone, minCount, maxCount }] of Object.entries(autoscaling.schedules)) {
    new AppautoscalingScheduledAction(scope, `schedule-${id}`, {
      name: physicalName([name, id], { maxLength: 255 }),
      ...identity(target),
      schedule,
      timezone,
      scalableTargetAction: { minCapacity: text(minCount), maxCapacity: text(maxCount) },
    });
  }
}

/** The provider expects both capacities as text. */
function text(count: number): string {
  return isUnresolved(count) ? Token.asString(count) : String(count);
}
