import { attributeByType } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const elasticacheSnapshots = new Rule({
  id: "elasticache-snapshots",
  severity: "error",
  types: ["aws_elasticache_replication_group", "aws_elasticache_serverless_cache"],
  controls: ["ElastiCache.1"],
  reason: "Presence and rate limits can be rebuilt after data loss, but streams cannot.",
  remedy: "Set snapshot_retention_limit to 1 or more.",
  find: attributeByType(
    {
      aws_elasticache_replication_group: "snapshot_retention_limit",
      aws_elasticache_serverless_cache: "snapshot_retention_limit",
    },
    "at least 1 day",
    (value) => (numberOf(value) ?? 0) >= 1,
  ),
});
