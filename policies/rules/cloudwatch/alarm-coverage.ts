import { finding } from "../../finders";
import { metricsOf } from "../../metrics";
import { type Resource } from "../../resource";
import { Rule } from "../../rule";
import { isTemplate, numberOf } from "../../template-text";

interface RequiredAlarms {
  /** Namespaces of the metrics that AWS publishes for this type of resource. */
  readonly namespaces: readonly string[];
  /** Metrics that need an alarm; one metric of each inner list is enough. */
  readonly metrics: readonly (readonly string[])[];
}

const NEEDED: Readonly<Record<string, RequiredAlarms>> = {
  aws_lb: {
    namespaces: ["AWS/ApplicationELB"],
    metrics: [
      ["HTTPCode_ELB_5XX_Count"],
      ["HTTPCode_Target_5XX_Count"],
      ["UnHealthyHostCount", "HealthyHostCount"],
      ["TargetResponseTime"],
    ],
  },
  aws_ecs_service: {
    namespaces: ["AWS/ECS", "ECS/ContainerInsights"],
    metrics: [["RunningTaskCount"], ["CPUUtilization"], ["MemoryUtilization"]],
  },
  aws_db_instance: {
    namespaces: ["AWS/RDS"],
    metrics: [["CPUUtilization"], ["FreeStorageSpace"], ["DatabaseConnections"]],
  },
  // Aurora's storage grows automatically, but its readers can lag behind the writer.
  aws_rds_cluster: {
    namespaces: ["AWS/RDS"],
    metrics: [["CPUUtilization"], ["DatabaseConnections"], ["AuroraReplicaLag", "FreeLocalStorage"]],
  },
  aws_elasticache_replication_group: {
    namespaces: ["AWS/ElastiCache"],
    metrics: [["DatabaseMemoryUsagePercentage", "FreeableMemory"], ["Evictions"]],
  },
};

function requiredMetrics(resource: Resource): readonly (readonly string[])[] {
  const { metrics } = NEEDED[resource.type]!;
  return resource.type === "aws_elasticache_replication_group" && hasReplica(resource)
    ? [...metrics, ["ReplicationLag"]]
    : metrics;
}

function hasReplica(group: Resource): boolean {
  const nodes = group.value("num_cache_clusters");
  const replicas = group.value("replicas_per_node_group");
  if (isTemplate(nodes) || isTemplate(replicas)) return false;
  return (numberOf(replicas) ?? 0) >= 1 || (numberOf(nodes) ?? 1) >= 2;
}

export const cloudwatchAlarmCoverage = new Rule({
  id: "cloudwatch-alarm-coverage",
  severity: "error",
  tiers: ["production"],
  types: ["aws_lb", "aws_ecs_service", "aws_db_instance", "aws_rds_cluster", "aws_elasticache_replication_group"],
  when: ({ type, body }) =>
    (type !== "aws_ecs_service" || body["load_balancer"] !== undefined) &&
    (type !== "aws_lb" || [undefined, "application"].includes(body["load_balancer_type"] as string | undefined)),
  controls: [],
  reason: "A failure that no alarm covers goes unnoticed.",
  remedy: "Add an alarm for each missing metric.",
  find: (resource, configuration) => {
    const { namespaces } = NEEDED[resource.type]!;
    const watched = configuration
      .resources("aws_cloudwatch_metric_alarm")
      .flatMap(metricsOf)
      .filter(({ namespace }) => namespaces.includes(String(namespace)) || isTemplate(namespace))
      .map(({ metricName }) => metricName);
    // A metric name that is known only at apply may be any of the required ones.
    if (watched.some(isTemplate)) return [];
    const missing = requiredMetrics(resource).filter((choices) => !choices.some((name) => watched.includes(name)));
    return missing.map((choices) =>
      finding("aws_cloudwatch_metric_alarm", `an alarm on ${choices.join(" or ")}`, undefined),
    );
  },
});
