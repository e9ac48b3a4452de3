import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { checkAlarmNames } from "../../ecs/validation/alarm-names";
import { checkBounds, checkMetric } from "../../ecs/validation/autoscaling";
import { checkList } from "../../ecs/validation/shape";
import { type CompleteEc2ServiceProps } from "../defaults";

/** Checks how many instances run, of which kind, and on what they scale. */
export function checkCounts(checks: Checks, props: CompleteEc2ServiceProps): void {
  const { autoscaling, refreshAlarmNames, refreshTopicArn } = props;
  if (checks.required("autoscaling", autoscaling, "Pass minCount and maxCount.")) {
    checkBounds(checks, "autoscaling.", autoscaling);
    checkHeadroom(checks, "autoscaling.", autoscaling);
    checkTargets(checks, props);
    checkSpot(checks, props);
  }
  checkMetric(checks, props);
  checkFanOut(checks, props);
  if (checkList(checks, "refreshAlarmNames", refreshAlarmNames)) {
    checkAlarmNames(checks, "refreshAlarmNames", refreshAlarmNames);
    // Source: EC2 Auto Scaling API reference, AlarmSpecification.
    checks.count("refreshAlarmNames", refreshAlarmNames, { min: 0, max: 10 }, "Pass a composite alarm of the others.");
  }
  checks.arn("refreshTopicArn", refreshTopicArn, ARN_TYPES.topic, "Pass the topic's ARN.");
}

/** Refuses a group that cannot start an instance before it ends another. @param prefix put before the names of both props */
export function checkHeadroom(
  checks: Checks,
  prefix: string,
  { minCount, maxCount }: { readonly minCount: number; readonly maxCount: number },
): void {
  checks.require(minCount !== maxCount || isUnresolved(minCount), {
    code: "ec2-service/headroom",
    prop: `${prefix}maxCount`,
    expected: `more than minCount, ${formatValue(minCount)}`,
    got: formatValue(maxCount),
    remedy: "Raise it by at least 1: a new instance starts before an old one ends.",
  });
}

function checkTargets(checks: Checks, { autoscaling, connectionMetric }: CompleteEc2ServiceProps): void {
  const { cpuPercent, connectionsPerProcess } = autoscaling;
  if (cpuPercent !== false) {
    const percent = { min: 1, max: 100, unit: "percent" };
    checks.integer("autoscaling.cpuPercent", cpuPercent, percent, "70 leaves room for the minutes of a launch.");
  }
  const connections = { min: 1, max: 1_000_000 };
  const measured = "Measure what one process can hold.";
  checks.integer("autoscaling.connectionsPerProcess", connectionsPerProcess, connections, measured);
  checks.require(connectionsPerProcess === undefined || connectionMetric !== undefined, {
    code: "ecs/autoscaling-source",
    prop: "autoscaling.connectionsPerProcess",
    expected: "a connectionMetric to read",
    got: "none",
    remedy: "Pass the namespace, name and dimensions of the app's gauge of open connections.",
  });
  checks.require(cpuPercent !== false || connectionsPerProcess !== undefined, {
    code: "ecs/autoscaling-source",
    prop: "autoscaling",
    expected: "a target",
    got: "none",
    remedy: "Leave cpuPercent out for 70 %, or set connectionsPerProcess.",
  });
}

function checkSpot(checks: Checks, { spot, autoscaling: { maxCount } }: CompleteEc2ServiceProps): void {
  if (!spot) return;
  const { onDemandBase, onDemandPercent } = spot;
  // Source of the ranges: EC2 Auto Scaling API reference, InstancesDistribution. 100 percent would be no Spot at all.
  const base = { min: 0, max: 5000, unit: "instances" };
  checks.integer("spot.onDemandBase", onDemandBase, base, "They remain when Spot capacity runs out.");
  const percent = { min: 0, max: 99, unit: "percent" };
  checks.integer("spot.onDemandPercent", onDemandPercent, percent, "Leave spot out to run on demand alone.");
  checks.require([onDemandBase, maxCount].some((count) => isUnresolved(count)) || !(onDemandBase >= maxCount), {
    code: "ec2-service/spot-base",
    prop: "spot.onDemandBase",
    expected: `less than autoscaling.maxCount, ${formatValue(maxCount)}`,
    got: formatValue(onDemandBase),
    remedy: "No instance would ever run on Spot: lower it, or leave spot out.",
  });
}

function checkFanOut(checks: Checks, { fanOut, processes, autoscaling }: CompleteEc2ServiceProps): void {
  const adapterRemedy = "Name the Socket.IO adapter that the app is configured with.";
  if (!checks.required("fanOut", fanOut, 'Pass { adapter: "redis" } and a cache.')) return;
  const { adapter, supportedAdapters } = fanOut;
  if (!checks.required("fanOut.adapter", adapter, adapterRemedy)) return;
  const alone = processes === 1 && autoscaling?.maxCount === 1;
  checks.require(adapter !== "in-memory" || alone, {
    code: "ec2-service/fan-out",
    prop: "fanOut.adapter",
    expected: "an adapter that reaches the other processes",
    got: formatValue(adapter),
    remedy: "Use a Redis adapter and a cache.",
  });
  if (supportedAdapters === undefined || adapter === "in-memory" || isUnresolved(adapter)) return;
  if (!checkList(checks, "fanOut.supportedAdapters", supportedAdapters)) return;
  checks.require(
    supportedAdapters.some((name) => isUnresolved(name) || name === adapter),
    {
      code: "ec2-service/fan-out",
      prop: "fanOut.adapter",
      expected: `one that the cache supports: ${supportedAdapters.join(", ") || "none"}`,
      got: formatValue(adapter),
      remedy: "Change the adapter of the app, or the kind of the cache.",
    },
  );
}
