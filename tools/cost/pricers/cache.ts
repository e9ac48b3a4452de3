import { fanOutGb, SECONDS_PER_MONTH } from "../../prices/load";
import { number, text } from "../../terraform/values";
import { type Resource } from "../../terraform/plan";
import { type Context, type Ledger } from "../pricer";
import { tasksAt } from "./fargate";

/** Minimum that a serverless cache is billed for, in GB. Source: ElastiCache pricing; 1 GB for Redis OSS. */
const SERVERLESS_MIN_GB = { valkey: 0.1, redis: 1 } as const;

function tasksOf(context: Context): number {
  return context.plan.ofType("aws_ecs_service").reduce((sum, service) => sum + tasksAt(service, context).now, 0);
}

export function priceReplicationGroup(resource: Resource, context: Context, bill: Ledger): void {
  const { values } = resource;
  const shards = number(values, "num_node_groups");
  const replicas = number(values, "replicas_per_node_group");
  const nodes =
    shards !== undefined && replicas !== undefined
      ? shards * (1 + replicas)
      : (number(values, "num_cache_clusters") ?? 1);
  const nodeType = text(values, "node_type") ?? "";
  const price = `ec.${text(values, "engine") ?? "redis"}.${nodeType.replace(/^cache\./, "")}`;
  bill.hourly(`${nodes} × ${nodeType}`, price, nodes);
  // Traffic of tasks in another zone than the primary is billed in both directions; the upper bound is all of it.
  bill.add("fan-out between zones, at most", "dto.xaz", 2 * fanOutGb(context.load, tasksOf(context)), "usage");
}

export function priceServerlessCache(resource: Resource, context: Context, bill: Ledger): void {
  const engine = text(resource.values, "engine") === "redis" ? "redis" : "valkey";
  bill.hourly(
    `data stored, the minimum of ${SERVERLESS_MIN_GB[engine]} GB`,
    `ec.sls.${engine}.gb`,
    SERVERLESS_MIN_GB[engine],
  );
  const { messagesPerSec, messageBytes } = context.load;
  // An ECPU is a command of up to 1 kB: one publish, and one delivery to each task.
  const ecpus = messagesPerSec * Math.ceil(messageBytes / 1000) * (1 + tasksOf(context)) * SECONDS_PER_MONTH;
  bill.add("ECPUs of the fan-out", `ec.sls.${engine}.ecpu`, ecpus / 1e6, "usage");
}
