import { type Pricer } from "../pricer";
import { priceAppRunnerService } from "./app-runner";
import { priceReplicationGroup, priceServerlessCache } from "./cache";
import { priceAutoscalingGroup } from "./compute";
import { priceAuroraCluster, priceDatabaseInstance, priceDatabaseProxy, priceProxyEndpoint } from "./database";
import { priceDistribution, priceLogDelivery, priceZone } from "./edge";
import { priceService } from "./fargate";
import { priceWebAcl } from "./firewall";
import { priceBucket, priceKey, priceRepository, priceSecret } from "./storage";
import { priceLoadBalancer } from "./load-balancer";
import { priceElasticIp, priceNatGateway, priceVpcEndpoint } from "./network";
import {
  priceCluster,
  priceCompositeAlarm,
  priceDashboard,
  priceLogGroup,
  priceMetricAlarm,
  priceMetricFilter,
} from "./observability";

/** The pricer of each resource type. */
export const PRICERS: Readonly<Record<string, Pricer>> = {
  aws_apprunner_service: priceAppRunnerService,
  aws_cloudfront_distribution: priceDistribution,
  aws_autoscaling_group: priceAutoscalingGroup,
  aws_cloudwatch_composite_alarm: priceCompositeAlarm,
  aws_cloudwatch_dashboard: priceDashboard,
  aws_cloudwatch_log_delivery: priceLogDelivery,
  aws_cloudwatch_log_group: priceLogGroup,
  aws_cloudwatch_log_metric_filter: priceMetricFilter,
  aws_cloudwatch_metric_alarm: priceMetricAlarm,
  aws_db_instance: priceDatabaseInstance,
  aws_db_proxy: priceDatabaseProxy,
  aws_db_proxy_endpoint: priceProxyEndpoint,
  aws_ecr_repository: priceRepository,
  aws_ecs_cluster: priceCluster,
  aws_ecs_service: priceService,
  aws_eip: priceElasticIp,
  aws_elasticache_replication_group: priceReplicationGroup,
  aws_elasticache_serverless_cache: priceServerlessCache,
  aws_kms_key: priceKey,
  aws_lb: priceLoadBalancer,
  aws_nat_gateway: priceNatGateway,
  aws_rds_cluster: priceAuroraCluster,
  aws_route53_zone: priceZone,
  aws_s3_bucket: priceBucket,
  aws_secretsmanager_secret: priceSecret,
  aws_vpc_endpoint: priceVpcEndpoint,
  aws_wafv2_web_acl: priceWebAcl,
};

/** Types that are free, or whose cost is counted at the resource that they belong to. */
const FREE = [
  // Certificates for use with AWS services are free; exportable ones, which are not, are not used here.
  /^aws_acm_certificate(_validation)?$/,
  /^aws_appautoscaling_/,
  /^aws_autoscaling_(lifecycle_hook|policy)$/,
  // X-Ray bills the traces that the application sends.
  /^aws_apprunner_(auto_scaling_configuration_version|custom_domain_association|observability_configuration|vpc_connector)$/,
  /^aws_cloudfront_(cache_policy|response_headers_policy|vpc_origin)$/,
  /^aws_cloudwatch_event_/,
  /^aws_cloudwatch_log_delivery_(source|destination)$/,
  /^aws_db_(event_subscription|parameter_group|subnet_group)$/,
  /^aws_db_proxy_(default_target_group|target)$/,
  /^aws_default_security_group$/,
  /^aws_ecr_(lifecycle|repository)_policy$/,
  /^aws_ecs_(cluster_capacity_providers|task_definition)$/,
  /^aws_elasticache_(parameter_group|subnet_group|user|user_group)$/,
  /^aws_flow_log$/,
  /^aws_iam_/,
  /^aws_internet_gateway$/,
  /^aws_egress_only_internet_gateway$/,
  /^aws_kms_(alias|key_policy)$/,
  /^aws_launch_template$/,
  /^aws_lb_(listener|listener_rule|target_group)$/,
  /^aws_network_interface$/,
  /^aws_rds_cluster_(instance|parameter_group)$/,
  /^aws_route(_table|_table_association)?$/,
  // Up to 10,000 in a zone.
  /^aws_route53_record$/,
  /^aws_s3_bucket_/,
  // The first 14 million starts of schedules each month.
  /^aws_scheduler_schedule(_group)?$/,
  /^aws_secretsmanager_secret_(version|policy)$/,
  /^aws_security_group$/,
  // The first 4,000 transitions between states each month: a thousand runs of a scheduled task.
  /^aws_sfn_state_machine$/,
  /^aws_sns_topic(_policy|_subscription)?$/,
  // Standard parameters, at the default throughput.
  /^aws_ssm_parameter$/,
  /^aws_subnet$/,
  /^aws_vpc$/,
  /^aws_vpc_security_group_(ingress|egress)_rule$/,
  /^aws_wafv2_web_acl_(association|logging_configuration)$/,
  // A value in Terraform's state, nothing at AWS.
  /^terraform_data$/,
];

export function isFree(type: string): boolean {
  return FREE.some((pattern) => pattern.test(type));
}
