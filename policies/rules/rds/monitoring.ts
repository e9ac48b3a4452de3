import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const rdsMonitoring = new Rule({
  id: "rds-monitoring",
  severity: "error",
  types: ["aws_db_instance", "aws_rds_cluster_instance"],
  controls: ["RDS.6"],
  reason:
    "CloudWatch metrics come from the hypervisor; only Enhanced Monitoring shows processes and memory of the operating system.",
  remedy: "Set monitoring_interval to 60.",
  find: attribute("monitoring_interval", "an interval above 0", (value) => (numberOf(value) ?? 0) > 0),
});
