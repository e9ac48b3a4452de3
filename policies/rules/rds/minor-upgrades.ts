import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const rdsMinorUpgrades = new Rule({
  id: "rds-minor-upgrades",
  severity: "error",
  types: ["aws_db_instance", "aws_rds_cluster_instance"],
  controls: ["RDS.13", "RDS.35"],
  reason: "Security fixes for the engine are released as minor versions.",
  remedy: "Set auto_minor_version_upgrade to true.",
  find: attribute("auto_minor_version_upgrade", "true", (value) => value === undefined || isOn(value)),
});
