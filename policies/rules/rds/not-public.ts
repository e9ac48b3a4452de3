import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const rdsNotPublic = new Rule({
  id: "rds-not-public",
  severity: "error",
  types: ["aws_db_instance", "aws_rds_cluster_instance"],
  controls: ["RDS.2"],
  reason: "A publicly accessible database is found and attacked by scanners.",
  remedy: "Set publicly_accessible to false.",
  find: attribute("publicly_accessible", "false", (value) => !isOn(value)),
});
