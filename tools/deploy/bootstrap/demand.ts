import { at, entries, type Json } from "../../terraform/json";

/** Fargate vCPUs that a service uses at most, while a deployment runs old and new tasks beside each other. */
export interface Demand {
  readonly onDemand: number;
  readonly spot: number;
}

/** CPU units of one vCPU. Source: ECS developer guide, "Fargate task definition considerations". */
const UNITS = 1024;
/** What ECS assumes. Source: ECS API reference, DeploymentConfiguration.maximumPercent. */
const MAXIMUM_PERCENT = 200;

/** Returns what the service of a stack needs at its peak: its maximum number of tasks, times what a deployment may add. */
export function demandOf(stack: Json): Demand | undefined {
  const [service] = resources(stack, "aws_ecs_service");
  const [definition] = resources(stack, "aws_ecs_task_definition");
  if (service === undefined || definition === undefined) return undefined;
  const [scaled] = resources(stack, "aws_appautoscaling_target");
  const count = Number(at(scaled, "max_capacity") ?? at(service, "desired_count") ?? 1);
  const percent = Number(at(service, "deployment_maximum_percent") ?? MAXIMUM_PERCENT);
  const tasks = Math.floor((count * percent) / 100);
  const vCpus = Number(at(definition, "cpu") ?? 0) / UNITS;
  const providers = (at(service, "capacity_provider_strategy") ?? []) as readonly Provider[];
  const { onDemand, spot } = share(providers, tasks);
  return { onDemand: onDemand * vCpus, spot: spot * vCpus };
}

/** An item of a capacity provider strategy. */
export interface Provider {
  readonly capacity_provider?: string;
  readonly base?: number;
  readonly weight?: number;
}

/** Which tasks run on Spot: all but the base where only Spot has a weight; any of them where both have one. */
export function share(providers: readonly Provider[], tasks: number): Demand {
  const spot = providers.find(({ capacity_provider }) => capacity_provider === "FARGATE_SPOT");
  const onDemand = providers.find(({ capacity_provider }) => capacity_provider === "FARGATE");
  if (spot === undefined || (spot.weight ?? 0) === 0) return { onDemand: tasks, spot: 0 };
  if ((onDemand?.weight ?? 0) > 0) return { onDemand: tasks, spot: tasks };
  const base = Math.min(onDemand?.base ?? 0, tasks);
  return { onDemand: base, spot: tasks - base };
}

function resources(stack: Json, type: string): Json[] {
  return entries(at(stack, "resource", type)).map(([, resource]) => resource);
}
