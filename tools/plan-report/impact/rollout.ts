import { type Plan, type Resource } from "../../terraform/plan";
import { blocks, block, text, type Values } from "../../terraform/values";

/** Seconds from a task's creation to the start of its first container: network interface, image pull. A generous estimate. */
const PROVISIONING_SEC = 60;

/** What ECS assumes for a container without `stopTimeout`. Source: ECS API reference, ContainerDefinition. */
const DEFAULT_STOP_TIMEOUT_SEC = 30;

/** What Elastic Load Balancing assumes. Source: Elastic Load Balancing API reference, TargetGroupAttribute. */
const DEFAULT_DEREGISTRATION_DELAY_SEC = 300;

/** How a service replaces its tasks: the drain budget, and how long it takes in all. */
export interface Rollout {
  readonly tasks: number;
  /** Tasks that are replaced at a time. */
  readonly atOnce: number;
  /** Whether every task may be stopped before a new one runs. */
  readonly mayStopAll: boolean;
  readonly deregistrationDelaySec: number;
  readonly stopTimeoutSec: number;
  /** Longest time from a task's creation until it takes connections. */
  readonly startSec: number;
  /** Longest time of a whole rollout in which nothing fails. */
  readonly totalSec: number;
}

/** Finds the rollout of a service: as planned, or as it runs when the plan no longer has it. */
export type Rollouts = (address: string, values: Values) => Rollout;

/**
 * Reads rollouts from a plan: the task definition and the target groups that a service refers to.
 * @param before the plan's prior state, for what is not known before apply or no longer planned
 */
export function rolloutsOf(plan: Plan, before: Plan): Rollouts {
  return (address, values) => {
    const service: Resource = plan.resources.find((resource) => resource.address === address) ?? {
      address,
      type: "aws_ecs_service",
      values,
      module: "(root)",
    };
    const groups = referred(service, "load_balancer", "aws_lb_target_group", [plan, before]);
    const [definition] = referred(service, "task_definition", "aws_ecs_task_definition", [plan, before]);
    return rollout({ ...values, ...defined(service.values) }, groups, definition);
  };
}

/** Finds what a service refers to, each with the values that are planned and otherwise those from before. */
function referred(
  service: Resource,
  attribute: string,
  type: string,
  [plan, before]: readonly [Plan, Plan],
): Resource[] {
  const planned = plan.referred(service, attribute, type);
  const found = planned.length > 0 ? planned : before.referred(service, attribute, type);
  return found.map((resource) => {
    const old = before.resources.find(({ address }) => address === resource.address);
    return { ...resource, values: { ...old?.values, ...defined(resource.values) } };
  });
}

function rollout(service: Values, groups: readonly Resource[], definition: Resource | undefined): Rollout {
  const tasks = numeric(service, "desired_count") ?? 1;
  const ceiling = Math.floor((tasks * (numeric(service, "deployment_maximum_percent") ?? 200)) / 100);
  const floor = Math.ceil((tasks * (numeric(service, "deployment_minimum_healthy_percent") ?? 100)) / 100);
  const atOnce = Math.max(1, Math.min(tasks, ceiling - floor));
  const delays = groups.map(
    ({ values }) => numeric(values, "deregistration_delay") ?? DEFAULT_DEREGISTRATION_DELAY_SEC,
  );
  const deregistrationDelaySec = Math.max(0, ...delays);
  const stopTimeoutSec = longestStopTimeout(definition);
  const startSec = PROVISIONING_SEC + startupSec(service, groups);
  const totalSec = Math.ceil(tasks / atOnce) * (startSec + deregistrationDelaySec + stopTimeoutSec);
  return { tasks, atOnce, mayStopAll: floor === 0, deregistrationDelaySec, stopTimeoutSec, startSec, totalSec };
}

/** The grace period covers boot, migration and the first health checks; without one, the checks alone are known. */
function startupSec(service: Values, groups: readonly Resource[]): number {
  const checks = groups.map(({ values }) => {
    const check = block(values, "health_check");
    return (numeric(check, "interval") ?? 30) * (numeric(check, "healthy_threshold") ?? 5);
  });
  return numeric(service, "health_check_grace_period_seconds") || Math.max(0, ...checks);
}

/** Of the containers that a task runs with: one that is not essential, such as a migration, has ended long before. */
function longestStopTimeout(definition: Resource | undefined): number {
  const containers = parseContainers(definition && text(definition.values, "container_definitions")).filter(
    ({ essential }) => essential !== false,
  );
  const timeouts = containers.map((container) => numeric(container, "stopTimeout") ?? DEFAULT_STOP_TIMEOUT_SEC);
  return timeouts.length === 0 ? DEFAULT_STOP_TIMEOUT_SEC : Math.max(...timeouts);
}

function parseContainers(json: string | undefined): readonly Values[] {
  try {
    return blocks({ list: JSON.parse(json ?? "[]") as unknown }, "list");
  } catch {
    return [];
  }
}

/** The provider writes some numbers as text. */
function numeric(values: Values, key: string): number | undefined {
  const value = values[key];
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

function defined(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}
