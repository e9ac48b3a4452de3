/**
 * `new first`: the module sets `create_before_destroy`, so what refers to the resource is updated before it is destroyed. `inherited`: Terraform
 * does the same, because something that depends on the resource is `new first`. `old first`: Terraform's default.
 */
export type Order = "new first" | "inherited" | "old first";

export interface LifecycleRow {
  readonly order: Order;
  /** Why this order is right, and for `new first` and `inherited` why the old and the new one can exist side by side. */
  readonly why: string;
}

const NAMED = "Replaced only with another name, so old and new never collide.";
const SETTING = "A setting of one other resource, which it is destroyed with; nothing refers to it.";
const LEAF = "Nothing refers to it.";
const DATA = "Holds data: replacing it is a loss that no order prevents. See its README.";
const GROUP = "Replaced only with another name or VPC. Its description must not change without the name.";
const RULE =
  "Running tasks use a rule until their service has replaced them or their routes have been updated. Replaced only with another group, so no rule exists twice.";
const NOT_WITH_DATA =
  "Created first, it would take with it what it refers to: databases and caches, whose names are taken until they are deleted.";
const LOGS = "Nothing stops using a log group while its module exists. Replaced only with another name.";

const newFirst = (why: string): LifecycleRow => ({ order: "new first", why });
const inherited = (why: string): LifecycleRow => ({ order: "inherited", why });
const oldFirst = (why: string): LifecycleRow => ({ order: "old first", why });

/** The order in which Terraform replaces or removes each type of resource, by the module's folder. */
export const LIFECYCLE: Readonly<Record<string, Readonly<Record<string, LifecycleRow>>>> = {
  network: {
    aws_autoscaling_group: newFirst(`Routes lead to its instance until they have been updated. ${NAMED}`),
    aws_cloudwatch_log_group: oldFirst(LOGS),
    aws_default_security_group: oldFirst("Adopted from the VPC, never created or deleted."),
    aws_egress_only_internet_gateway: oldFirst("Its routes are destroyed with it, before it."),
    aws_eip: newFirst("Belongs to a gateway or an instance that is; another subnet brings another address, too."),
    aws_flow_log: oldFirst(LEAF),
    aws_iam_role: oldFirst("Only the flow log uses it, and goes before it."),
    aws_iam_role_policy: oldFirst(SETTING),
    aws_internet_gateway: inherited("Never removed while the network exists."),
    aws_launch_template: inherited(NAMED),
    aws_nat_gateway: newFirst("Routes lead to it until they have been updated. A replaced one gets another address."),
    aws_network_interface: newFirst("Routes lead to it until they have been updated. It has no name at AWS."),
    aws_route: inherited("Identified by table and destination: replaced only with another table."),
    aws_route_table: newFirst("The S3 endpoint has a route in it until it has been updated. It has no name at AWS."),
    aws_route_table_association: oldFirst("A subnet has one association, so the old one goes first."),
    aws_security_group: inherited(GROUP),
    aws_subnet: newFirst("Load balancers, endpoints and services are in it until they have been updated."),
    aws_vpc: inherited("It has no name at AWS. A replaced VPC replaces everything."),
    aws_vpc_endpoint: oldFirst("Private DNS allows one endpoint for each service in a VPC."),
    aws_vpc_security_group_egress_rule: newFirst(RULE),
    aws_vpc_security_group_ingress_rule: newFirst(RULE),
  },
  "alb-websocket": {
    aws_lb: newFirst(
      "A distribution, a VPC origin and records refer to it until they have been updated. Its name changes with `internal`, the only prop that replaces it alone.",
    ),
    aws_lb_listener: newFirst(
      "Rules and the redirect refer to it until they have been updated. Replaced only with the load balancer, so no port is taken twice.",
    ),
    aws_lb_listener_certificate: oldFirst(LEAF),
    aws_lb_listener_rule: newFirst(
      "A service depends on it until it has been updated. Its address is its priority, so no priority is taken twice.",
    ),
    aws_lb_target_group: newFirst(
      "Listeners forward to it until they have been updated. Its name contains a hash of what replaces it.",
    ),
    aws_security_group: inherited(GROUP),
    aws_vpc_security_group_ingress_rule: newFirst("Replaced only with another group, so no rule exists twice."),
  },
  "fargate-service": {
    aws_appautoscaling_policy: oldFirst(LEAF),
    aws_appautoscaling_scheduled_action: oldFirst(LEAF),
    aws_appautoscaling_target: oldFirst("Its policies and schedules are destroyed with it, before it."),
    aws_cloudwatch_log_group: oldFirst(LOGS),
    aws_ecs_cluster: oldFirst("Its service is destroyed with it, before it."),
    aws_ecs_cluster_capacity_providers: oldFirst(SETTING),
    aws_ecs_service: oldFirst("A cluster has one service of a name."),
    aws_ecs_task_definition: oldFirst("Never deregistered (`skip_destroy`): a rollback needs the old revision."),
    aws_iam_role: oldFirst(NAMED),
    aws_iam_role_policy: oldFirst(NOT_WITH_DATA),
    aws_security_group: inherited(GROUP),
    aws_vpc_security_group_egress_rule: newFirst(RULE),
    aws_vpc_security_group_ingress_rule: newFirst(RULE),
  },
  "scheduled-task": {
    aws_cloudwatch_log_group: oldFirst(LOGS),
    aws_cloudwatch_metric_alarm: oldFirst(LEAF),
    aws_ecs_cluster: oldFirst("What runs in it is destroyed with it, before it."),
    aws_ecs_cluster_capacity_providers: oldFirst(SETTING),
    aws_ecs_task_definition: oldFirst(
      "Never deregistered (`skip_destroy`): a run that has begun may need the old revision.",
    ),
    aws_iam_role: oldFirst(NAMED),
    aws_iam_role_policy: oldFirst(NOT_WITH_DATA),
    aws_scheduler_schedule: oldFirst(LEAF),
    aws_scheduler_schedule_group: oldFirst("Its schedule is destroyed with it, before it."),
    aws_security_group: inherited(GROUP),
    aws_sfn_state_machine: oldFirst("Its schedule is destroyed with it, before it. Replaced only with another name."),
    aws_vpc_security_group_egress_rule: newFirst(RULE),
    aws_vpc_security_group_ingress_rule: newFirst(RULE),
  },
  "one-off-task": {
    aws_cloudwatch_log_group: oldFirst(LOGS),
    aws_ecs_cluster: oldFirst("What runs in it is destroyed with it, before it."),
    aws_ecs_cluster_capacity_providers: oldFirst(SETTING),
    aws_ecs_task_definition: oldFirst(
      "Never deregistered (`skip_destroy`): a run that has begun may need the old revision.",
    ),
    aws_iam_role: oldFirst(NAMED),
    aws_iam_role_policy: oldFirst(NOT_WITH_DATA),
    aws_security_group: inherited(GROUP),
    aws_vpc_security_group_egress_rule: newFirst(RULE),
    aws_vpc_security_group_ingress_rule: newFirst(RULE),
  },
  "app-runner-service": {
    aws_apprunner_auto_scaling_configuration_version: newFirst(
      "The service uses it until it has been updated. Another one is a revision of the same name.",
    ),
    aws_apprunner_custom_domain_association: oldFirst("A domain name belongs to one service."),
    aws_apprunner_observability_configuration: newFirst(
      "The service uses it until it has been updated. Another one is a revision of the same name.",
    ),
    aws_apprunner_service: oldFirst("An account has one service of a name."),
    aws_apprunner_vpc_connector: oldFirst("App Runner has one revision of a connector's name."),
    aws_iam_role: oldFirst(NAMED),
    aws_iam_role_policy: oldFirst(SETTING),
    aws_security_group: inherited(GROUP),
    aws_vpc_security_group_egress_rule: newFirst(RULE),
    aws_vpc_security_group_ingress_rule: newFirst(RULE),
  },
  "ec2-service": {
    aws_autoscaling_group: oldFirst("Its name is taken until it has been deleted. Replaced only with another name."),
    aws_autoscaling_lifecycle_hook: oldFirst("A setting of its group, which keeps a hook of the same name meanwhile."),
    aws_autoscaling_policy: oldFirst(LEAF),
    aws_cloudwatch_event_rule: oldFirst("Its target is destroyed with it, before it."),
    aws_cloudwatch_event_target: oldFirst(SETTING),
    aws_cloudwatch_log_group: oldFirst(LOGS),
    aws_iam_instance_profile: oldFirst(NAMED),
    aws_iam_role: oldFirst(NAMED),
    aws_iam_role_policy: oldFirst(NOT_WITH_DATA),
    aws_launch_template: oldFirst(`A change makes a new version of it. ${NAMED}`),
    aws_security_group: inherited(GROUP),
    aws_vpc_security_group_egress_rule: newFirst(RULE),
    aws_vpc_security_group_ingress_rule: newFirst(RULE),
  },
  database: {
    aws_cloudwatch_log_group: newFirst(
      "RDS writes to it until the export has been turned off, and would create it again without a retention period.",
    ),
    aws_db_instance: oldFirst(DATA),
    aws_db_parameter_group: newFirst(
      "The database uses it until it has been upgraded. Its name contains the engine's family.",
    ),
    aws_db_proxy: oldFirst("A proxy's name is taken until it has been deleted: other subnets interrupt it."),
    aws_db_proxy_default_target_group: oldFirst(SETTING),
    aws_db_proxy_endpoint: oldFirst("Its name is taken until it has been deleted."),
    aws_db_proxy_target: oldFirst(SETTING),
    aws_db_subnet_group: oldFirst("Never removed while the database exists; other subnets are an update."),
    aws_iam_role: newFirst(`The database uses it until Enhanced Monitoring is off. ${NAMED}`),
    aws_iam_role_policy: oldFirst(SETTING),
    aws_iam_role_policy_attachment: newFirst("The database uses it until Enhanced Monitoring is off."),
    aws_rds_cluster: oldFirst(DATA),
    aws_rds_cluster_instance: oldFirst("The cluster keeps the data; another instance takes over."),
    aws_rds_cluster_parameter_group: newFirst(
      "The cluster uses it until it has been upgraded. Its name contains the engine's family.",
    ),
    aws_security_group: inherited(GROUP),
    aws_vpc_security_group_egress_rule: oldFirst("Only the proxy uses it, and goes before it."),
    aws_vpc_security_group_ingress_rule: newFirst(RULE),
  },
  cache: {
    aws_cloudwatch_log_group: oldFirst(LOGS),
    aws_elasticache_parameter_group: newFirst(
      "The cache uses it until it has been upgraded. Its name contains the engine's family.",
    ),
    aws_elasticache_replication_group: oldFirst(DATA),
    aws_elasticache_serverless_cache: oldFirst(DATA),
    aws_elasticache_subnet_group: oldFirst("Never removed while its cache exists; other subnets are an update."),
    aws_elasticache_user: newFirst(`Its group refers to it until it has been updated. ${NAMED}`),
    aws_elasticache_user_group: newFirst(`The cache refers to it until it has been updated. ${NAMED}`),
    aws_security_group: inherited(GROUP),
    aws_vpc_security_group_ingress_rule: newFirst(RULE),
  },
  cdn: {
    aws_cloudfront_cache_policy: oldFirst("Never removed while the distribution exists; every change is an update."),
    aws_cloudfront_distribution: oldFirst("A name (alias) belongs to one distribution."),
    aws_cloudfront_response_headers_policy: oldFirst(
      "Never removed while the distribution exists; every change is an update.",
    ),
    aws_cloudfront_vpc_origin: newFirst(
      "AWS refuses to change or delete one that a distribution uses. Its name contains a hash of what replaces it.",
    ),
    aws_cloudwatch_log_delivery: oldFirst(LEAF),
    aws_cloudwatch_log_delivery_destination: oldFirst("Its delivery is destroyed with it, before it."),
    aws_cloudwatch_log_delivery_source: oldFirst("Its delivery is destroyed with it, before it."),
    terraform_data: inherited("A value in Terraform's state that replaces the VPC origin; nothing at AWS."),
  },
  "dns-certificate": {
    aws_acm_certificate: newFirst(
      "A listener or distribution uses it until it has been updated. It has no name at AWS.",
    ),
    aws_acm_certificate_validation: newFirst("Only waits for the certificate; nothing at AWS."),
    aws_route53_record: inherited(
      "Replaced only with another zone: what a new certificate asks for is the same, and changes of it are ignored.",
    ),
    aws_route53_zone: inherited("Replaced only with another name. Two zones of one name can exist."),
  },
  "encryption-key": {
    aws_kms_alias: oldFirst("An alias is taken until it has been deleted; another key is an update."),
    aws_kms_key: newFirst("What it encrypts refers to it until it has been updated. It has no name at AWS."),
  },
  "log-bucket": {
    aws_s3_bucket: newFirst(`A load balancer or distribution logs to it until it has been updated. ${NAMED}`),
    aws_s3_bucket_lifecycle_configuration: oldFirst(SETTING),
    aws_s3_bucket_ownership_controls: inherited("A setting of the bucket: replaced only with it."),
    aws_s3_bucket_policy: newFirst(
      "Logs are delivered under it until the writer has been updated. Replaced only with the bucket.",
    ),
    aws_s3_bucket_public_access_block: inherited("A setting of the bucket: replaced only with it."),
    aws_s3_bucket_server_side_encryption_configuration: oldFirst(SETTING),
    aws_s3_bucket_versioning: oldFirst(SETTING),
  },
  monitoring: {
    aws_cloudwatch_composite_alarm: oldFirst(
      "AWS refuses to delete an alarm that its rule names, so it is replaced whenever its members change: it goes before them.",
    ),
    aws_cloudwatch_dashboard: oldFirst(LEAF),
    aws_cloudwatch_event_rule: oldFirst("Its target is destroyed with it, before it."),
    aws_cloudwatch_event_target: oldFirst(SETTING),
    aws_cloudwatch_log_metric_filter: oldFirst(LEAF),
    aws_cloudwatch_metric_alarm: newFirst(
      `Only those of RollbackAlarms: a service's deployments refer to them until it has been updated. ${NAMED} The others are old first: created first, they would take databases and caches with them, whose names are taken.`,
    ),
    aws_sns_topic: newFirst(`Alarms send to it until they have been updated. ${NAMED}`),
    aws_sns_topic_policy: newFirst("Alarms send under it until they have been updated. Replaced only with the topic."),
    aws_sns_topic_subscription: oldFirst(LEAF),
    terraform_data: oldFirst(
      "The members' ids in Terraform's state, which replace the composite alarm; nothing at AWS.",
    ),
  },
  registry: {
    aws_ecr_lifecycle_policy: oldFirst(SETTING),
    aws_ecr_repository: oldFirst(
      "Holds the images: AWS refuses to delete it while it has any, unless `forceDelete` is set.",
    ),
    aws_ecr_repository_policy: oldFirst(SETTING),
  },
  secrets: {
    aws_secretsmanager_secret: newFirst(`Tasks that start read it until their service has been updated. ${NAMED}`),
    aws_secretsmanager_secret_version: oldFirst(
      "AWS keeps the current value when Terraform destroys it, and the old value as the previous one.",
    ),
  },
  waf: {
    aws_cloudwatch_log_group: oldFirst(LOGS),
    aws_wafv2_ip_set: newFirst(`AWS refuses to delete one that the web ACL uses. ${NAMED}`),
    aws_wafv2_web_acl: newFirst(`AWS refuses to delete one that a distribution uses. ${NAMED}`),
    aws_wafv2_web_acl_association: oldFirst(
      "A resource has one association: deleting the old one last would take the new one away.",
    ),
    aws_wafv2_web_acl_logging_configuration: oldFirst(SETTING),
  },
};
