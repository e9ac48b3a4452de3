import { unless } from "../../finders";
import { Rule } from "../../rule";

export const rdsAuroraInstances = new Rule({
  id: "rds-aurora-instances",
  severity: "error",
  tiers: ["production"],
  types: ["aws_rds_cluster"],
  controls: ["RDS.5", "RDS.15"],
  reason: "A cluster with one instance has nothing to fail over to.",
  remedy: "Add a second aws_rds_cluster_instance in another zone.",
  find: (cluster, configuration) => {
    const instances = configuration.pointingAt(cluster, "aws_rds_cluster_instance", "cluster_identifier");
    const many = instances.some(({ body }) => body["count"] !== undefined || body["for_each"] !== undefined);
    return unless(many || instances.length >= 2, "aws_rds_cluster_instance", "at least 2", instances.length);
  },
});
