import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const elasticacheMinorUpgrades = new Rule({
  id: "elasticache-minor-upgrades",
  severity: "error",
  types: ["aws_elasticache_replication_group"],
  controls: ["ElastiCache.2"],
  reason: "Security fixes of the engine come as minor versions.",
  remedy: "Leave auto_minor_version_upgrade on.",
  find: attribute("auto_minor_version_upgrade", "true", (value) => value === undefined || isOn(value)),
});
