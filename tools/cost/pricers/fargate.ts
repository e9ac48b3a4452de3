import { block, blocks, number, text } from "../../terraform/values";
import { type Plan, type Resource } from "../../terraform/plan";
import { type Context, type Ledger, type Ratio } from "../pricer";

const FREE_EPHEMERAL_GIB = 20;
const UNITS_PER_VCPU = 1024;
const MIB_PER_GB = 1024;

/** Returns the tasks at the stated load, by the autoscaler's target of open connections per task. */
export function tasksAt(
  service: Resource,
  { plan, load }: Pick<Context, "plan" | "load">,
): { min: number; now: number } {
  const desired = number(service.values, "desired_count") ?? 1;
  const target = scalingTarget(plan, service);
  if (!target) return { min: desired, now: desired };
  const min = number(target.values, "min_capacity") ?? desired;
  const max = number(target.values, "max_capacity") ?? min;
  const perTask = connectionsPerTask(plan);
  const wanted = perTask === undefined ? min : Math.ceil(load.connections / perTask);
  return { min, now: Math.min(max, Math.max(min, wanted)) };
}

function scalingTarget(plan: Plan, service: Resource): Resource | undefined {
  const name = text(service.values, "name");
  return plan
    .ofType("aws_appautoscaling_target")
    .find(({ values }) => text(values, "resource_id")?.endsWith(`/${name}`) ?? true);
}

/** Returns the target of the policy that tracks the app's own metric, which is open connections per task. */
function connectionsPerTask(plan: Plan): number | undefined {
  for (const { values } of plan.ofType("aws_appautoscaling_policy")) {
    const tracking = block(values, "target_tracking_scaling_policy_configuration");
    if (blocks(tracking, "customized_metric_specification").length > 0) return number(tracking, "target_value");
  }
  return undefined;
}

/** Returns the number of tasks on FARGATE; the rest runs on FARGATE_SPOT. Source: ECS, capacity provider strategy: base, then weights. */
function onDemandOf(service: Resource, tasks: number): number {
  const strategy = blocks(service.values, "capacity_provider_strategy");
  const of = (name: string) => strategy.find((item) => text(item, "capacity_provider") === name);
  const spot = number(of("FARGATE_SPOT") ?? {}, "weight") ?? 0;
  if (spot === 0) return tasks;
  const onDemand = of("FARGATE") ?? {};
  const base = Math.min(tasks, number(onDemand, "base") ?? 0);
  const weight = number(onDemand, "weight") ?? 0;
  return base + Math.round(((tasks - base) * weight) / (weight + spot));
}

/** Prices the tasks of a Fargate service: vCPU, memory, storage above the free 20 GiB, public addresses. */
export function priceService(service: Resource, context: Context, bill: Ledger): void {
  const [definition] = context.plan.referred(service, "task_definition", "aws_ecs_task_definition");
  if (!definition) {
    bill.missing("tasks", "its task definition is not in the plan");
    return;
  }
  const { min, now } = tasksAt(service, context);
  priceTasks(service, definition, { tasks: min, of: min, kind: "fixed" }, context, bill);
  if (now > min) priceTasks(service, definition, { tasks: now - min, of: now, kind: "usage" }, context, bill);
}

interface Batch {
  readonly tasks: number;
  /** All tasks that run at that time, which decides the mix of capacity providers. */
  readonly of: number;
  readonly kind: "fixed" | "usage";
}

function priceTasks(service: Resource, definition: Resource, batch: Batch, context: Context, bill: Ledger): void {
  const { tasks, of, kind } = batch;
  const cpu = Number(definition.values["cpu"]) / UNITS_PER_VCPU;
  const gb = Number(definition.values["memory"]) / MIB_PER_GB;
  const arm = text(block(definition.values, "runtime_platform"), "cpu_architecture") === "ARM64";
  const family = arm ? "fargate.arm" : "fargate.x86";
  const hours = context.prices.hoursPerMonth;
  const onDemand =
    kind === "fixed" ? onDemandOf(service, of) : onDemandOf(service, of) - onDemandOf(service, of - tasks);
  const spot = tasks - onDemand;
  const ratio = spotRatio(context);
  const more = kind === "usage" ? " more" : "";
  bill.add(`vCPU of ${count(onDemand, more)}`, `${family}.vcpu`, cpu * onDemand * hours, kind);
  bill.add(`memory of ${count(onDemand, more)}`, `${family}.gb`, gb * onDemand * hours, kind);
  bill.add(`vCPU of ${count(spot, `${more} spot`)}, estimated`, `${family}.vcpu`, cpu * spot * hours, kind, ratio);
  bill.add(`memory of ${count(spot, `${more} spot`)}, estimated`, `${family}.gb`, gb * spot * hours, kind, ratio);
  const storage = number(block(definition.values, "ephemeral_storage"), "size_in_gib") ?? FREE_EPHEMERAL_GIB;
  bill.add(
    `storage of ${count(tasks, more)}`,
    "fargate.ephemeral",
    (storage - FREE_EPHEMERAL_GIB) * tasks * hours,
    kind,
  );
  if (block(service.values, "network_configuration")["assign_public_ip"] === true) {
    bill.hourly(`public IPv4 of ${count(tasks, more)}`, "ipv4.hour", tasks, kind);
  }
}

/** Returns the price of a spot task relative to on-demand; 1 when the list has none. */
function spotRatio({ prices }: Context): Ratio {
  const ratio = prices.find("fargate.spot.multiplier");
  return ratio ? { factor: ratio.usd, confidence: ratio.confidence } : { factor: 1, confidence: "C" };
}

function count(tasks: number, kind: string): string {
  return `${tasks}${kind} task${tasks === 1 ? "" : "s"}`;
}
