import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const rdsNotPublic = new Rule({
  id: "rds-not-public",
  severity: "error",
  types: ["aws_db_instance", "aws_rds_cluster_instance"],
  controls: ["RDS.2"],
  reason: "A database that answers the internet is found within hours.",
  remedy: "Leave publicly_accessible off.",
  find: attribute("publicly_accessible", "false", (value) => !isOn(value)),
});
