import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const elasticacheEncryptionAtRest = new Rule({
  id: "elasticache-encryption-at-rest",
  severity: "error",
  types: ["aws_elasticache_replication_group"],
  controls: ["ElastiCache.4"],
  reason: "Encryption at rest can be enabled only by creating a new cache.",
  remedy: "Set at_rest_encryption_enabled to true.",
  find: attribute("at_rest_encryption_enabled", "true", isOn),
});
