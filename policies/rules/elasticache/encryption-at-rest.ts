import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const elasticacheEncryptionAtRest = new Rule({
  id: "elasticache-encryption-at-rest",
  severity: "error",
  types: ["aws_elasticache_replication_group"],
  controls: ["ElastiCache.4"],
  reason: "It cannot be turned on later without a new cache.",
  remedy: "Set at_rest_encryption_enabled.",
  find: attribute("at_rest_encryption_enabled", "true", isOn),
});
