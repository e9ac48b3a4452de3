import { finding } from "../../finders";
import { metricsOf } from "../../metrics";
import { type Resource } from "../../resource";
import { Rule } from "../../rule";
import { isTemplate, numberOf } from "../../template-text";

/** For each kind of resource what has to be watched; one name of each list is enough. Aurora's storage grows by itself. */
const NEEDED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  aws_lb: [
    ["HTTPCode_ELB_5XX_Count"],
    ["HTTPCode_Target_5XX_Count"],
    ["UnHealthyHostCount", "HealthyHostCount"],
    ["TargetResponseTime"],
  ],
  aws_ecs_service: [["RunningTaskCount"], ["CPUUtilization"], ["MemoryUtilization"]],
  aws_db_instance: [["CPUUtilization"], ["FreeStorageSpace"], ["DatabaseConnections"]],
  aws_rds_cluster: [["CPUUtilization"], ["DatabaseConnections"], ["AuroraReplicaLag", "FreeLocalStorage"]],
  aws_elasticache_replication_group: [["DatabaseMemoryUsagePercentage", "FreeableMemory"], ["Evictions"]],
};

function neededFor(resource: Resource): readonly (readonly string[])[] {
  const needed = NEEDED[resource.type] ?? [];
  return resource.type === "aws_elasticache_replication_group" && hasReplica(resource)
    ? [...needed, ["ReplicationLag"]]
    : needed;
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
  reason: "What no alarm watches fails in silence.",
  remedy: "Add an alarm for each missing metric.",
  find: (resource, configuration) => {
    const watched = configuration
      .resources("aws_cloudwatch_metric_alarm")
      .flatMap(metricsOf)
      .map(({ metricName }) => metricName);
    // An alarm on a metric that only Terraform will know may be on any.
    if (watched.some(isTemplate)) return [];
    const missing = neededFor(resource).filter((choices) => !choices.some((name) => watched.includes(name)));
    return missing.map((choices) =>
      finding("aws_cloudwatch_metric_alarm", `an alarm on ${choices.join(" or ")}`, undefined),
    );
  },
});
