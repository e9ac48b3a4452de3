import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { MAX_TASKS } from "../deployment";
import { checkSchedule, checkTimeZone } from "./schedule";
import { checkId, checkObject } from "./shape";
import { type CompleteEcsServiceProps } from "../defaults";
import { type CompleteServiceAutoscaling } from "../autoscaling-props";

export function checkAutoscaling(checks: Checks, props: CompleteEcsServiceProps): void {
  const { desiredCount, autoscaling } = props;
  checks.integer(
    "desiredCount",
    desiredCount,
    { min: 0, max: MAX_TASKS, unit: "tasks" },
    "Two tasks in two zones survive the loss of one.",
  );
  if (autoscaling) {
    checkBounds(checks, "autoscaling.", autoscaling);
    checkDesired(checks, desiredCount, autoscaling);
    checkTargets(checks, props, autoscaling);
    checkSchedules(checks, autoscaling);
  }
  checkMetric(checks, props);
}

interface Bounds {
  readonly minCount: number;
  readonly maxCount: number;
}

/** Checks the fewest and most tasks of autoscaling or of a schedule. @param prefix put before the names of both props: `autoscaling.` */
export function checkBounds(checks: Checks, prefix: string, { minCount, maxCount }: Bounds): void {
  const remedy = "With no task there is nothing to measure, and nothing scales out again.";
  const there = checks.required(`${prefix}minCount`, minCount, remedy);
  checks.integer(`${prefix}minCount`, minCount, { min: 1, max: MAX_TASKS, unit: "tasks" }, remedy);
  const bounded = checks.required(`${prefix}maxCount`, maxCount, "It bounds what an attack or a fault can cost.");
  checks.integer(
    `${prefix}maxCount`,
    maxCount,
    { min: 1, max: MAX_TASKS, unit: "tasks" },
    "It bounds what an attack or a fault can cost.",
  );
  const known = there && bounded && !isUnresolved(minCount) && !isUnresolved(maxCount);
  checks.require(!known || minCount <= maxCount, {
    code: "ecs/task-counts",
    prop: `${prefix}maxCount`,
    expected: `at least minCount, ${formatValue(minCount)}`,
    got: formatValue(maxCount),
    remedy: "Swap the two, or raise maxCount.",
  });
}

function checkDesired(checks: Checks, desiredCount: number, { minCount, maxCount }: Bounds): void {
  if ([desiredCount, minCount, maxCount].some((count) => isUnresolved(count)) || minCount > maxCount) return;
  checks.require(!(desiredCount < minCount || desiredCount > maxCount), {
    code: "ecs/task-counts",
    prop: "desiredCount",
    expected: `from ${minCount} to ${maxCount}, the bounds of autoscaling`,
    got: formatValue(desiredCount),
    remedy: "Leave it out: the service starts with minCount.",
  });
}

const PERCENT = { min: 1, max: 100, unit: "percent" };
const COUNT = { min: 1, max: 1_000_000 };
const HOUR = { min: 0, max: 3600, unit: "seconds" };

const NUMBERS = {
  cpuPercent: [PERCENT, "70 leaves room for the minutes that a new task needs."],
  memoryPercent: [PERCENT, "80 leaves room for the minutes that a new task needs."],
  requestsPerTask: [COUNT, "Measure what one task can serve in a minute."],
  connectionsPerTask: [COUNT, "Measure what one task can hold."],
  scaleOutCooldownSec: [HOUR, "60 lets a new task take its share first."],
  scaleInCooldownSec: [HOUR, "300 lets the clients of a removed task come back first."],
} as const;

function checkTargets(checks: Checks, props: CompleteEcsServiceProps, autoscaling: CompleteServiceAutoscaling): void {
  for (const name of Object.keys(NUMBERS) as (keyof typeof NUMBERS)[]) {
    const [range, remedy] = NUMBERS[name];
    const off = name === "cpuPercent" && autoscaling.cpuPercent === false;
    if (!off) checks.integer(`autoscaling.${name}`, autoscaling[name] as number | undefined, range, remedy);
  }
  const { cpuPercent, memoryPercent, requestsPerTask, connectionsPerTask, schedules } = autoscaling;
  checks.require(requestsPerTask === undefined || props.loadBalancer !== undefined || props.kind === "worker", {
    code: "ecs/autoscaling-source",
    prop: "autoscaling.requestsPerTask",
    expected: "a loadBalancer that counts them",
    got: "none",
    remedy: "Pass loadBalancer, or scale on something else.",
  });
  // Services without sockets are refused with it anyway.
  const measured = connectionsPerTask === undefined || props.connectionMetric !== undefined || props.kind !== "sockets";
  checks.require(measured, {
    code: "ecs/autoscaling-source",
    prop: "autoscaling.connectionsPerTask",
    expected: "a connectionMetric to read",
    got: "none",
    remedy: "Pass the namespace, name and dimensions of the app's gauge of open connections.",
  });
  const others = [memoryPercent, requestsPerTask, connectionsPerTask];
  const still = cpuPercent === false && others.every((target) => target === undefined);
  checks.require(!still || Object.keys(schedules ?? {}).length > 0, {
    code: "ecs/autoscaling-source",
    prop: "autoscaling",
    expected: "a target or a schedule",
    got: "none",
    remedy: "Leave autoscaling out for a fixed number of tasks.",
  });
}

function checkSchedules(checks: Checks, autoscaling: CompleteServiceAutoscaling): void {
  for (const [id, scaling] of checkObject(checks, "autoscaling.schedules", autoscaling.schedules)) {
    const prop = `autoscaling.schedules.${id}`;
    checkId(checks, "autoscaling.schedules", id);
    if (!checks.required(prop, scaling, "Pass its schedule, timezone, minCount and maxCount.")) continue;
    checkSchedule(checks, `${prop}.schedule`, scaling.schedule);
    checkTimeZone(checks, `${prop}.timezone`, scaling.timezone);
    checkBounds(checks, `${prop}.`, scaling);
  }
}

/** Source of these: CloudWatch API reference, MetricDatum and Dimension. */
const MAX_DIMENSIONS = 30;
const TEXT = /^(?=.*\S)[\x20-\x7e]{1,255}$/;
const TEXT_FORM = "1 to 255 ASCII characters";
const NAME = /^(?!:)(?=.*\S)[\x20-\x7e]{1,255}$/;
const NAME_FORM = `${TEXT_FORM}, the first of which is no colon`;

export function checkMetric(
  checks: Checks,
  { connectionMetric }: Pick<CompleteEcsServiceProps, "connectionMetric">,
): void {
  if (connectionMetric === undefined) return;
  const remedy = "Pass the namespace, name and dimensions of the app's gauge of open connections.";
  const { namespace, metricName } = connectionMetric;
  if (checks.required("connectionMetric.namespace", namespace, remedy)) {
    checks.matches("connectionMetric.namespace", namespace, NAME, NAME_FORM, remedy);
  }
  if (checks.required("connectionMetric.metricName", metricName, remedy)) {
    checks.matches("connectionMetric.metricName", metricName, TEXT, TEXT_FORM, remedy);
  }
  const dimensions = checkObject(checks, "connectionMetric.dimensions", connectionMetric.dimensions);
  for (const [name, value] of dimensions) {
    const prop = `connectionMetric.dimensions.${name}`;
    checks.matches(prop, name, NAME, NAME_FORM, remedy);
    checks.matches(prop, value, TEXT, TEXT_FORM, remedy);
  }
  checks.require(dimensions.length <= MAX_DIMENSIONS, {
    code: "core/wrong-count",
    prop: "connectionMetric.dimensions",
    expected: `at most ${MAX_DIMENSIONS}`,
    got: `${dimensions.length}`,
    remedy: "CloudWatch knows no metric with more.",
  });
}
