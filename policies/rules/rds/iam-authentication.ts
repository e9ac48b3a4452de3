import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const rdsIamAuthentication = new Rule({
  id: "rds-iam-authentication",
  severity: "error",
  types: ["aws_db_instance", "aws_rds_cluster"],
  controls: ["RDS.10", "RDS.12"],
  reason: "A 15-minute token cannot leak for years as a password can.",
  remedy: "Set iam_database_authentication_enabled; passwords stay possible.",
  find: attribute("iam_database_authentication_enabled", "true", isOn),
});
