import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const rdsDeletionProtection = new Rule({
  id: "rds-deletion-protection",
  severity: "error",
  tiers: ["production"],
  types: ["aws_db_instance", "aws_rds_cluster"],
  controls: ["RDS.7", "RDS.8"],
  reason: "One wrong destroy takes the messages with it.",
  remedy: "Set deletion_protection.",
  find: attribute("deletion_protection", "true", isOn),
});
