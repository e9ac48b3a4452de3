import { attribute, unless } from "../../finders";
import { type Resource } from "../../resource";
import { Rule, type Finding } from "../../rule";
import { isOn, isTemplate, numberOf } from "../../template-text";

/** Counted in whole nodes without shards, in replicas of each shard with them. */
function replica(resource: Resource): Finding[] {
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
  reason: "Without a replica in another zone a failed zone empties the cache and stops the fan-out.",
  remedy: "Set multi_az_enabled, automatic_failover_enabled and at least one replica.",
  find: (resource, configuration) => [
    ...attribute("multi_az_enabled", "true", isOn)(resource, configuration),
    ...attribute("automatic_failover_enabled", "true", isOn)(resource, configuration),
    ...replica(resource),
  ],
});
