import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const rdsDeletionProtection = new Rule({
  id: "rds-deletion-protection",
  severity: "error",
  tiers: ["production"],
  types: ["aws_db_instance", "aws_rds_cluster"],
  controls: ["RDS.7", "RDS.8"],
  reason: "One accidental destroy deletes all messages.",
  remedy: "Set deletion_protection to true.",
  find: attribute("deletion_protection", "true", isOn),
});
