import { attribute, unless } from "../../finders";
import { type Resource } from "../../resource";
import { Rule, type Finding } from "../../rule";
import { isOn, isTemplate, numberOf } from "../../template-text";

/** Requires a replica. Without shards the attribute counts nodes; with shards it counts replicas of each shard. */
function requireReplica(resource: Resource): Finding[] {
  const nodes = resource.value("num_cache_clusters");
  const replicas = resource.value("replicas_per_node_group");
  if (isTemplate(nodes) || isTemplate(replicas)) return [];
  if (replicas !== undefined)
    return unless((numberOf(replicas) ?? 0) >= 1, "replicas_per_node_group", "at least 1", replicas);
  return unless((numberOf(nodes) ?? 1) >= 2, "num_cache_clusters", "at least 2", nodes);
}

export const elasticacheMultiAz = new Rule({
  id: "elasticache-multi-az",
  severity: "error",
  tiers: ["production"],
  types: ["aws_elasticache_replication_group"],
  controls: ["ElastiCache.3"],
  reason: "Without a replica in another zone, a zone failure loses the cache's data and stops fan-out.",
  remedy: "Set multi_az_enabled and automatic_failover_enabled to true and add at least one replica.",
  find: (resource, configuration) => [
    ...attribute("multi_az_enabled", "true", isOn)(resource, configuration),
    ...attribute("automatic_failover_enabled", "true", isOn)(resource, configuration),
    ...requireReplica(resource),
  ],
});
