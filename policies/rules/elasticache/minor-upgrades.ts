import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const elasticacheMinorUpgrades = new Rule({
  id: "elasticache-minor-upgrades",
  severity: "error",
  types: ["aws_elasticache_replication_group"],
  controls: ["ElastiCache.2"],
  reason: "Security fixes for the engine are released as minor versions.",
  remedy: "Set auto_minor_version_upgrade to true.",
  find: attribute("auto_minor_version_upgrade", "true", (value) => value === undefined || isOn(value)),
});
