import { set } from "../mutation";
import { type RuleCase, ruleCase } from "./rule-case";
import { CACHE, SHARDED_CACHE } from "./subjects";

export const elasticacheCases: readonly RuleCase[] = [
  ruleCase("elasticache-access-control", CACHE, set("user_group_ids", undefined), "user_group_ids"),
  ruleCase(
    "elasticache-encryption-at-rest",
    CACHE,
    set("at_rest_encryption_enabled", "false"),
    "at_rest_encryption_enabled",
  ),
  ruleCase(
    "elasticache-encryption-in-transit",
    CACHE,
    set("transit_encryption_enabled", false),
    "transit_encryption_enabled",
  ),
  ruleCase(
    "elasticache-encryption-in-transit",
    CACHE,
    set("transit_encryption_mode", "preferred"),
    "transit_encryption_mode",
  ),
  ruleCase(
    "elasticache-minor-upgrades",
    CACHE,
    set("auto_minor_version_upgrade", "false"),
    "auto_minor_version_upgrade",
  ),
  ruleCase("elasticache-multi-az", CACHE, set("multi_az_enabled", false), "multi_az_enabled"),
  ruleCase("elasticache-multi-az", CACHE, set("automatic_failover_enabled", false), "automatic_failover_enabled"),
  ruleCase("elasticache-multi-az", CACHE, set("num_cache_clusters", 1), "num_cache_clusters"),
  ruleCase("elasticache-multi-az", SHARDED_CACHE, set("replicas_per_node_group", 0), "replicas_per_node_group"),
  ruleCase(
    "elasticache-slow-log",
    CACHE,
    set("log_delivery_configuration.log_type", "engine-log"),
    "log_delivery_configuration",
  ),
  ruleCase("elasticache-snapshots", CACHE, set("snapshot_retention_limit", 0), "snapshot_retention_limit"),
  ruleCase("elasticache-subnet-group", CACHE, set("subnet_group_name", "default"), "subnet_group_name"),
];
