import { type PlanJson } from "../../../tools/terraform/plan-json";
import { type Values } from "../../../tools/terraform/values";

/** Attributes that prices depend on, by type of resource; of every other type, only the address is kept. */
export const PRICED: Readonly<Record<string, readonly string[]>> = {
  aws_appautoscaling_policy: ["name", "resource_id", "target_tracking_scaling_policy_configuration"],
  aws_appautoscaling_target: ["max_capacity", "min_capacity", "resource_id"],
  aws_apprunner_auto_scaling_configuration_version: ["max_concurrency", "max_size", "min_size"],
  aws_apprunner_service: ["health_check_configuration", "instance_configuration"],
  aws_autoscaling_group: ["desired_capacity", "max_size", "min_size", "mixed_instances_policy"],
  aws_autoscaling_policy: ["target_tracking_configuration"],
  aws_autoscaling_lifecycle_hook: ["heartbeat_timeout", "lifecycle_transition"],
  aws_cloudwatch_log_group: ["name", "retention_in_days"],
  aws_cloudwatch_log_metric_filter: ["metric_transformation", "name"],
  aws_cloudwatch_metric_alarm: ["metric_name", "metric_query", "namespace"],
  aws_db_instance: [
    "allocated_storage",
    "engine",
    "instance_class",
    "manage_master_user_password",
    "monitoring_interval",
    "multi_az",
    "storage_type",
  ],
  aws_ecs_cluster: ["name", "setting"],
  aws_ecs_service: ["capacity_provider_strategy", "desired_count", "name", "network_configuration"],
  aws_ecs_task_definition: ["cpu", "ephemeral_storage", "memory", "runtime_platform"],
  aws_elasticache_replication_group: [
    "engine",
    "node_type",
    "num_cache_clusters",
    "num_node_groups",
    "replicas_per_node_group",
  ],
  aws_launch_template: ["block_device_mappings", "instance_type", "monitoring"],
  aws_lb_target_group: ["deregistration_delay", "health_check"],
  aws_lb: ["internal", "load_balancer_type", "name"],
  aws_rds_cluster: ["manage_master_user_password", "serverlessv2_scaling_configuration", "storage_type"],
  aws_vpc_endpoint: ["vpc_endpoint_type"],
  aws_wafv2_web_acl: ["name", "rule"],
  aws_wafv2_web_acl_logging_configuration: ["logging_filter"],
};

/** References that the price depends on. */
const COUNTED: Readonly<Record<string, string | readonly string[]>> = {
  aws_autoscaling_group: ["launch_template", "mixed_instances_policy"],
  aws_db_instance: "replicate_source_db",
  aws_ecs_service: "task_definition",
  aws_lb: "subnets",
  aws_rds_cluster_instance: "cluster_identifier",
  aws_vpc_endpoint: "subnet_ids",
  aws_wafv2_web_acl_logging_configuration: "log_destination_configs",
};

/** Blocks of which only the number matters: each rule of a web ACL costs the same. */
const COUNTED_BLOCKS = new Set(["rule"]);

/** Reduces a plan to what a bill reads: every address, and the attributes that prices depend on. */
export function reducePlan({ planned_values, configuration }: PlanJson): PlanJson {
  const resources = planned_values?.root_module?.resources ?? [];
  const configured = configuration?.root_module?.resources ?? [];
  return {
    planned_values: {
      root_module: {
        resources: resources
          .filter(({ mode }) => mode === "managed")
          .map(({ address, mode, type, values = {} }) => ({ address, mode, type, values: kept(type, values) })),
      },
    },
    configuration: {
      provider_config: {
        aws: { expressions: { region: configuration?.provider_config?.["aws"]?.expressions?.["region"] } },
      },
      root_module: {
        resources: configured.flatMap(({ address, expressions = {} }) => {
          const attributes = [COUNTED[address.split(".")[0]!] ?? []].flat();
          const counted = attributes.filter((attribute) => expressions[attribute] !== undefined);
          if (counted.length === 0) return [];
          return [{ address, expressions: Object.fromEntries(counted.map((name) => [name, expressions[name]])) }];
        }),
      },
    },
  };
}

function kept(type: string, values: Values): Values {
  const attributes = (PRICED[type] ?? []).filter((attribute) => attribute in values && values[attribute] !== null);
  return Object.fromEntries(
    attributes.map((attribute) => {
      const value = values[attribute];
      return [attribute, COUNTED_BLOCKS.has(attribute) && Array.isArray(value) ? value.map(() => ({})) : value];
    }),
  );
}
