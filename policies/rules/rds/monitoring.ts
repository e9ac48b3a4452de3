import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const rdsMonitoring = new Rule({
  id: "rds-monitoring",
  severity: "error",
  types: ["aws_db_instance", "aws_rds_cluster_instance"],
  controls: ["RDS.6"],
  reason: "CloudWatch sees the hypervisor; what the processes do is only in Enhanced Monitoring.",
  remedy: "Set monitoring_interval to 60.",
  find: attribute("monitoring_interval", "an interval above 0", (value) => (numberOf(value) ?? 0) > 0),
});
