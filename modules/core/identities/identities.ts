/** Within what AWS accepts an identity once: a region of an account, an account, or all accounts of a partition. */
export type Reach = "region" | "account" | "partition";

/** What identifies a resource at AWS, so that a second one is refused or, worse, is taken for the first. */
export interface Identity {
  /** Attributes that refer to what the resource belongs to, such as a VPC or a cluster. */
  readonly parents: readonly string[];
  /** Attributes that identify it there, dotted where nested. Without any of them AWS or the provider chooses a name. */
  readonly attributes: readonly string[];
  readonly reach: Reach;
  /** Whether one attribute lists several identities. */
  readonly isList: boolean;
  readonly ignoresCase: boolean;
  /** Types that share one set of names have the same kind; default: the type itself. */
  readonly kind?: string | undefined;
  /** The prop of this library's constructs that it comes from; none where it follows from that of another resource. */
  readonly prop?: string | undefined;
}

function identity(
  attributes: string,
  options: Partial<Omit<Identity, "attributes" | "parents">> & { of?: string | undefined } = {},
): Identity {
  const { of = "", ...rest } = options;
  const words = (text: string) => text.split(" ").filter((word) => word !== "");
  const defaults = { reach: "region", isList: false, ignoresCase: false, prop: "name" } as const;
  return { ...defaults, ...rest, parents: words(of), attributes: words(attributes) };
}

const NAME = identity("name");
const ACCOUNT_NAME = identity("name", { reach: "account" });
/** Source: IAM user guide, "IAM and AWS STS quotas": names are unique in the account and not distinguished by case. */
const IAM_NAME = identity("name", { reach: "account", ignoresCase: true });
/** Source: RDS API reference, CreateDBInstance; the instances of a cluster are DB instances, too. */
const DB_INSTANCE = identity("identifier", { kind: "DB instance", prop: "identifier" });
/** Source: CloudWatch API reference, PutCompositeAlarm: it replaces an alarm with the same name. */
const ALARM = identity("alarm_name", { kind: "alarm" });
/** Source: WAFV2 API reference, WAFDuplicateItemException. */
const WAF = identity("name", { of: "scope" });
/** Source: Application Auto Scaling API reference, RegisterScalableTarget, PutScalingPolicy: they replace what has the same identity. */
const SCALABLE_TARGET = "service_namespace resource_id scalable_dimension";

/** Settings of one thing, of which the second replace the first: the thing is their identity. */
const settingsOf = (attribute: string) => identity(attribute, { prop: undefined });
const BUCKET_SETTINGS = settingsOf("bucket");

/**
 * The identities of AWS resources by their Terraform type. Types with no name at AWS, or one that need not be unique, are missing.
 * Source where none is given: the service's API reference, the error of the operation that creates it (`…AlreadyExists`).
 */
export const IDENTITIES: Readonly<Record<string, Identity>> = {
  aws_appautoscaling_policy: identity("name", { of: SCALABLE_TARGET }),
  aws_appautoscaling_scheduled_action: identity("name", { of: SCALABLE_TARGET }),
  aws_appautoscaling_target: identity(SCALABLE_TARGET),
  // Two configurations of App Runner with one name are revisions of it, so that they are missing here.
  aws_apprunner_connection: identity("connection_name"),
  aws_apprunner_custom_domain_association: identity("domain_name", { prop: "customDomain.domainName" }),
  aws_apprunner_service: identity("service_name"),
  aws_apprunner_vpc_connector: identity("vpc_connector_name"),
  aws_autoscaling_group: NAME,
  // EC2 Auto Scaling API reference, PutLifecycleHook and PutScalingPolicy: they replace what has the same name.
  aws_autoscaling_lifecycle_hook: identity("name", { of: "autoscaling_group_name" }),
  aws_autoscaling_policy: identity("name", { of: "autoscaling_group_name" }),
  // CloudFront developer guide, "CNAMEAlreadyExists": one distribution for each name, in all accounts.
  aws_cloudfront_distribution: identity("aliases", {
    reach: "partition",
    isList: true,
    ignoresCase: true,
    prop: "domainNames",
  }),
  aws_cloudfront_cache_policy: ACCOUNT_NAME,
  aws_cloudfront_function: ACCOUNT_NAME,
  aws_cloudfront_origin_access_control: ACCOUNT_NAME,
  aws_cloudfront_origin_request_policy: ACCOUNT_NAME,
  aws_cloudfront_response_headers_policy: ACCOUNT_NAME,
  aws_cloudfront_vpc_origin: identity("vpc_origin_endpoint_config.name", { reach: "account" }),
  aws_cloudwatch_composite_alarm: ALARM,
  // CloudWatch API reference, PutDashboard: names are unique in the account, and a second one replaces the first.
  aws_cloudwatch_dashboard: identity("dashboard_name", { reach: "account" }),
  // EventBridge API reference, PutRule and PutTargets: they replace what has the same name or id.
  aws_cloudwatch_event_rule: identity("name", { of: "event_bus_name" }),
  aws_cloudwatch_event_target: identity("target_id", { of: "event_bus_name rule" }),
  aws_cloudwatch_log_delivery_destination: NAME,
  aws_cloudwatch_log_delivery_source: NAME,
  aws_cloudwatch_log_group: identity("name", { prop: undefined }),
  aws_cloudwatch_log_metric_filter: identity("name", { of: "log_group_name" }),
  aws_cloudwatch_log_resource_policy: identity("policy_name"),
  aws_cloudwatch_metric_alarm: ALARM,
  aws_db_event_subscription: NAME,
  aws_db_instance: DB_INSTANCE,
  aws_db_option_group: NAME,
  aws_db_parameter_group: NAME,
  aws_db_proxy: NAME,
  aws_db_proxy_default_target_group: settingsOf("db_proxy_name"),
  aws_db_proxy_endpoint: identity("db_proxy_endpoint_name"),
  aws_db_subnet_group: NAME,
  aws_default_security_group: settingsOf("vpc_id"),
  aws_dynamodb_table: NAME,
  aws_ecr_lifecycle_policy: settingsOf("repository"),
  aws_ecr_repository: identity("name", { prop: "repositoryName" }),
  aws_ecr_repository_policy: settingsOf("repository"),
  aws_ecs_capacity_provider: NAME,
  // ECS API reference, CreateCluster: a second one with the same name is the first one.
  aws_ecs_cluster: NAME,
  aws_ecs_cluster_capacity_providers: settingsOf("cluster_name"),
  aws_ecs_service: identity("name", { of: "cluster" }),
  aws_elasticache_cluster: identity("cluster_id"),
  aws_elasticache_parameter_group: NAME,
  aws_elasticache_replication_group: identity("replication_group_id", { prop: "identifier" }),
  aws_elasticache_serverless_cache: identity("name", { prop: "identifier" }),
  aws_elasticache_subnet_group: NAME,
  aws_elasticache_user: identity("user_id", { prop: "authentication.userName" }),
  aws_elasticache_user_group: identity("user_group_id"),
  aws_iam_group: IAM_NAME,
  aws_iam_instance_profile: IAM_NAME,
  aws_iam_policy: IAM_NAME,
  aws_iam_role: IAM_NAME,
  aws_iam_role_policy: identity("name", { of: "role", reach: "account" }),
  aws_iam_user: IAM_NAME,
  aws_kms_alias: NAME,
  aws_lambda_function: identity("function_name"),
  aws_launch_template: NAME,
  aws_lb: NAME,
  aws_lb_listener: identity("port", { of: "load_balancer_arn", prop: "port" }),
  aws_lb_listener_rule: identity("priority", { of: "listener_arn", prop: "priority" }),
  aws_lb_target_group: NAME,
  aws_rds_cluster: identity("cluster_identifier", { prop: "identifier" }),
  aws_rds_cluster_instance: DB_INSTANCE,
  aws_rds_cluster_parameter_group: NAME,
  // EC2 API reference, CreateRoute: RouteAlreadyExists.
  aws_route: identity("destination_cidr_block destination_ipv6_cidr_block destination_prefix_list_id", {
    of: "route_table_id",
    prop: "destination",
  }),
  // EC2 API reference, AssociateRouteTable: Resource.AlreadyAssociated.
  aws_route_table_association: identity("subnet_id gateway_id"),
  aws_route53_record: identity("name type set_identifier", { of: "zone_id", ignoresCase: true, prop: "domainName" }),
  aws_s3_bucket: identity("bucket", { reach: "partition" }),
  aws_s3_bucket_lifecycle_configuration: BUCKET_SETTINGS,
  aws_s3_bucket_ownership_controls: BUCKET_SETTINGS,
  aws_s3_bucket_policy: BUCKET_SETTINGS,
  aws_s3_bucket_public_access_block: BUCKET_SETTINGS,
  aws_s3_bucket_server_side_encryption_configuration: BUCKET_SETTINGS,
  aws_s3_bucket_versioning: BUCKET_SETTINGS,
  aws_scheduler_schedule: identity("name", { of: "group_name" }),
  aws_scheduler_schedule_group: NAME,
  aws_secretsmanager_secret: NAME,
  // EC2 API reference, CreateSecurityGroup: unique in the VPC.
  aws_security_group: identity("name", { of: "vpc_id" }),
  aws_sfn_state_machine: NAME,
  // SNS and SQS API references, CreateTopic and CreateQueue: a second one with the same name is the first one.
  aws_sns_topic: NAME,
  // SNS API reference, Subscribe: for an endpoint that is subscribed it returns the subscription that exists.
  aws_sns_topic_subscription: identity("protocol endpoint", { of: "topic_arn", prop: "subscriptions" }),
  aws_sns_topic_policy: settingsOf("arn"),
  aws_sqs_queue: NAME,
  aws_ssm_parameter: NAME,
  aws_wafv2_ip_set: WAF,
  aws_wafv2_regex_pattern_set: WAF,
  aws_wafv2_rule_group: WAF,
  aws_wafv2_web_acl: WAF,
  // WAFV2 API reference, AssociateWebACL: it replaces the web ACL of a resource that has one.
  aws_wafv2_web_acl_association: identity("resource_arn", { prop: "associateWith" }),
  aws_wafv2_web_acl_logging_configuration: settingsOf("resource_arn"),
};
