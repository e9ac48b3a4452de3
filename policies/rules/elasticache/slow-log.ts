import { finding } from "../../finders";
import { Rule } from "../../rule";
import { isTemplate } from "../../template-text";

export const elasticacheSlowLog = new Rule({
  id: "elasticache-slow-log",
  severity: "error",
  types: ["aws_elasticache_replication_group"],
  controls: [],
  reason: "One slow command delays fan-out to every connection, and only the slow log identifies it.",
  remedy: "Add a log_delivery_configuration that sends the slow-log to CloudWatch Logs.",
  find: (resource) => {
    const deliveries = resource.blocks("log_delivery_configuration");
    if (!deliveries || deliveries.some(({ log_type: kind }) => kind === "slow-log" || isTemplate(kind))) return [];
    return [
      finding(
        "log_delivery_configuration",
        "a delivery of the slow-log",
        deliveries.map(({ log_type: kind }) => kind),
      ),
    ];
  },
});
