import { all, attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const elasticacheEncryptionInTransit = new Rule({
  id: "elasticache-encryption-in-transit",
  severity: "error",
  types: ["aws_elasticache_replication_group"],
  controls: ["ElastiCache.5"],
  reason: "Without encryption in transit, messages travel to and from the cache in clear text.",
  remedy: "Set transit_encryption_enabled to true and transit_encryption_mode to required.",
  find: all(
    attribute("transit_encryption_enabled", "true", isOn),
    attribute("transit_encryption_mode", "required", (value) => value === undefined || value === "required"),
  ),
});
