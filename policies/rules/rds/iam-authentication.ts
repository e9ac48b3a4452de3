import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const rdsIamAuthentication = new Rule({
  id: "rds-iam-authentication",
  severity: "error",
  types: ["aws_db_instance", "aws_rds_cluster"],
  controls: ["RDS.10", "RDS.12"],
  reason: "A leaked IAM token expires after 15 minutes; a leaked password stays valid until it is changed.",
  remedy: "Set iam_database_authentication_enabled to true; password authentication still works.",
  find: attribute("iam_database_authentication_enabled", "true", isOn),
});
