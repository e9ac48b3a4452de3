import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const rdsMinorUpgrades = new Rule({
  id: "rds-minor-upgrades",
  severity: "error",
  types: ["aws_db_instance", "aws_rds_cluster_instance"],
  controls: ["RDS.13", "RDS.35"],
  reason: "Security fixes of the engine come as minor versions.",
  remedy: "Leave auto_minor_version_upgrade on.",
  find: attribute("auto_minor_version_upgrade", "true", (value) => value === undefined || isOn(value)),
});
