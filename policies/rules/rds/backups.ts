import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const rdsBackups = new Rule({
  id: "rds-backups",
  severity: "error",
  types: ["aws_db_instance", "aws_rds_cluster"],
  when: ({ type, body }) => type !== "aws_db_instance" || body["replicate_source_db"] === undefined,
  controls: ["RDS.11"],
  reason: "Data corruption is often noticed only after several days.",
  remedy: "Set backup_retention_period to 7 or more.",
  find: attribute("backup_retention_period", "at least 7 days", (value) => (numberOf(value) ?? 0) >= 7),
});
