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

/** The number of tasks, moved by load and by the clock. */
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
      // A schedule moves the bounds; the next apply would move them back in the middle of the event that it was made for.
      Object.keys(schedules).length > 0 ? { ignoreChanges: ["min_capacity", "max_capacity"] } : undefined,
    ),
  });
}

function identity({ resourceId, scalableDimension, serviceNamespace }: AppautoscalingTarget) {
  return { resourceId, scalableDimension, serviceNamespace };
}

/** One policy for each metric that has a target; any of them scales out, all have to agree to scale in. */
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
 * Sum of a gauge over its number of samples. Every task reports equally often, so that however often that is, and however many
 * tasks there are, this is the mean of one task; dividing by RunningTaskCount instead would need Container Insights and a
 * report exactly once in each period, and would count tasks that are still starting. No data is no scale-in (AWS), so the app
 * reports zeros.
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

/** The provider has these two as text. */
function text(count: number): string {
  return isUnresolved(count) ? Token.asString(count) : String(count);
}
