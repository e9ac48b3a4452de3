import { type Base } from "../bases";

/** A resource of one of the compliant stacks. */
export interface Subject {
  readonly base: Base;
  readonly type: string;
  /** Path of the construct below its stack. */
  readonly path: string;
}

const PROD = "messenger-crm-prod";

export const ALARM = inProd("aws_cloudwatch_metric_alarm", "monitoring/ack-latency");
export const ALARM_TOPIC = inProd("aws_sns_topic", "alarm-topic/topic");
export const ALARM_TOPIC_POLICY = inProd("aws_sns_topic_policy", "alarm-topic/policy");
export const AURORA_CLUSTER: Subject = { base: "complete", type: "aws_rds_cluster", path: "database/cluster" };
export const BUCKET = inProd("aws_s3_bucket", "log-bucket/bucket");
export const CACHE = inProd("aws_elasticache_replication_group", "cache/replication-group");
export const CACHE_ALARM = inProd("aws_cloudwatch_metric_alarm", "monitoring/cache-messenger-crm-prod-cache-001-cpu");
export const CACHE_USER = inProd("aws_elasticache_user", "cache/user");
export const CPU_ALARM = inProd("aws_cloudwatch_metric_alarm", "monitoring/high-cpu");
export const DATABASE = inProd("aws_db_instance", "database/instance");
export const DATABASE_SUBNET_GROUP = inProd("aws_db_subnet_group", "database/subnet-group");
export const DISTRIBUTION: Subject = {
  base: "behind-cloudfront",
  type: "aws_cloudfront_distribution",
  path: "cdn/distribution",
};
export const ECS_CLUSTER = inProd("aws_ecs_cluster", "service/cluster");
export const ECS_SERVICE = inProd("aws_ecs_service", "service/service");
export const EXECUTION_POLICY = inProd("aws_iam_role_policy", "service/execution-policy");
export const HTTPS_EGRESS = inProd("aws_vpc_security_group_egress_rule", "service/egress-https-0-0-0-0-0");
export const HTTPS_INGRESS = inProd("aws_vpc_security_group_ingress_rule", "alb/ingress-https-0-0-0-0-0");
export const HTTPS_LISTENER = inProd("aws_lb_listener", "alb/https-listener");
export const KMS_KEY = inProd("aws_kms_key", "encryption-key/key");
export const LOAD_BALANCER = inProd("aws_lb", "alb/load-balancer");
/** Accepts only requests that come through a VPC origin of CloudFront. */
export const LOAD_BALANCER_OF_VPC_ORIGIN: Subject = { ...LOAD_BALANCER, base: "behind-cloudfront" };
/** Accepts only requests with a header that CloudFront sends. */
export const LOAD_BALANCER_WITH_HEADER: Subject = { ...LOAD_BALANCER, base: "messenger-crm-header" };
export const LOAD_BALANCER_SECURITY_GROUP = inProd("aws_security_group", "alb/security-group");
export const LOG_GROUP = inProd("aws_cloudwatch_log_group", "service/log-group");
export const PUBLIC_SUBNET = inProd("aws_subnet", "network/public-ap-northeast-1a");
export const REPOSITORY: Subject = {
  base: "messenger-crm-registry",
  type: "aws_ecr_repository",
  path: "registry/repository",
};
export const SCALING_TARGET = inProd("aws_appautoscaling_target", "service/autoscaling-target");
export const SECRET = inProd("aws_secretsmanager_secret", "secrets/secret-nextauth-secret");
export const SECRET_VERSION = inProd("aws_secretsmanager_secret_version", "secrets/value-nextauth-secret");
export const SERVICE_SECURITY_GROUP = inProd("aws_security_group", "service/security-group");
export const SHARDED_CACHE: Subject = { ...CACHE, base: "complete" };
export const TARGET_GROUP = inProd("aws_lb_target_group", "alb/service-app/target-group");
export const TASK_DEFINITION = inProd("aws_ecs_task_definition", "service/task-definition");
export const VPC = inProd("aws_vpc", "network/vpc");
export const WEB_ACL = inProd("aws_wafv2_web_acl", "waf/web-acl");
export const WEB_ACL_LOGGING = inProd("aws_wafv2_web_acl_logging_configuration", "waf/logging");

function inProd(type: string, path: string): Subject {
  return { base: PROD, type, path };
}
