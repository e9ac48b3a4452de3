import { attribute, isSet } from "../../finders";
import { Rule } from "../../rule";

export const rdsLogs = new Rule({
  id: "rds-logs",
  severity: "error",
  types: ["aws_db_instance", "aws_rds_cluster"],
  controls: ["RDS.9", "RDS.34", "RDS.36", "RDS.37", "RDS.40"],
  reason: "Slow queries, locks and failed logins are only in the engine's logs, which are lost with the instance.",
  remedy: "Set enabled_cloudwatch_logs_exports to the engine's logs.",
  find: attribute("enabled_cloudwatch_logs_exports", "the engine's logs", isSet),
});
