/** The metrics that AWS publishes in a namespace: each with the sets of dimensions that it has, from the page named. */
export interface Namespace {
  readonly source: string;
  readonly metrics: Readonly<Record<string, readonly (readonly string[])[]>>;
}

/** Gives the same sets of dimensions to several metrics. */
function each(names: string, ...dimensions: readonly string[]): Record<string, readonly (readonly string[])[]> {
  const sets = dimensions.map((set) => set.split(" ").filter((name) => name !== ""));
  return Object.fromEntries(names.split(" ").map((name) => [name, sets]));
}

const LOAD_BALANCER = ["LoadBalancer", "LoadBalancer AvailabilityZone"] as const;
const TARGET_GROUP = [
  "LoadBalancer TargetGroup",
  "LoadBalancer TargetGroup AvailabilityZone",
  "LoadBalancer AvailabilityZone TargetGroup",
] as const;
const DATABASE = ["DBInstanceIdentifier", "DBClusterIdentifier", "DBClusterIdentifier Role", "DatabaseClass"] as const;
const SERVERLESS = ["clusterId"] as const;
const NODE = ["CacheClusterId", "CacheClusterId CacheNodeId"] as const;

/** Namespaces of AWS that alarms, dashboards and scaling policies read. A metric that is missing here is looked up on the page and added. */
export const AWS_METRICS: Readonly<Record<string, Namespace>> = {
  "AWS/ApplicationELB": {
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html",
    metrics: {
      ...each(
        "ActiveConnectionCount ClientTLSNegotiationErrorCount ConsumedLCUs HTTPCode_ELB_3XX_Count HTTPCode_ELB_4XX_Count " +
          "HTTPCode_ELB_5XX_Count HTTPCode_ELB_500_Count HTTPCode_ELB_502_Count HTTPCode_ELB_503_Count " +
          "HTTPCode_ELB_504_Count NewConnectionCount ProcessedBytes RejectedConnectionCount",
        ...LOAD_BALANCER,
      ),
      ...each(
        "HTTPCode_Target_2XX_Count HTTPCode_Target_3XX_Count HTTPCode_Target_4XX_Count HTTPCode_Target_5XX_Count " +
          "RequestCount TargetConnectionErrorCount TargetResponseTime TargetTLSNegotiationErrorCount",
        ...LOAD_BALANCER,
        ...TARGET_GROUP,
      ),
      ...each("HealthyHostCount UnHealthyHostCount", ...TARGET_GROUP),
      ...each("RequestCountPerTarget", "TargetGroup", ...TARGET_GROUP),
    },
  },
  "AWS/CertificateManager": {
    source: "https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html",
    metrics: each("DaysToExpiry", "CertificateArn"),
  },
  "AWS/CloudFront": {
    source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html",
    metrics: each(
      "4xxErrorRate 5xxErrorRate 401ErrorRate 403ErrorRate 404ErrorRate 502ErrorRate 503ErrorRate 504ErrorRate " +
        "BytesDownloaded BytesUploaded CacheHitRate OriginLatency Requests TotalErrorRate",
      "DistributionId Region",
    ),
  },
  "AWS/AutoScaling": {
    source: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html",
    metrics: each(
      "GroupDesiredCapacity GroupInServiceInstances GroupMaxSize GroupMinSize GroupPendingInstances " +
        "GroupTerminatingInstances GroupTotalInstances",
      "AutoScalingGroupName",
    ),
  },
  "AWS/ECS": {
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html",
    metrics: each("CPUUtilization MemoryUtilization", "ClusterName", "ClusterName ServiceName"),
  },
  "ECS/ContainerInsights": {
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html",
    metrics: each(
      "DeploymentCount DesiredTaskCount PendingTaskCount RunningTaskCount TaskSetCount",
      "ClusterName ServiceName",
    ),
  },
  "AWS/ElastiCache": {
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html",
    metrics: {
      ...each(
        "CPUUtilization EngineCPUUtilization FreeableMemory SwapUsage NetworkBytesIn NetworkBytesOut " +
          "NetworkBandwidthInAllowanceExceeded NetworkBandwidthOutAllowanceExceeded " +
          "NetworkConntrackAllowanceExceeded NetworkPacketsPerSecondAllowanceExceeded CurrConnections NewConnections " +
          "DatabaseMemoryUsagePercentage Evictions ReplicationLag MasterLinkHealthStatus CacheHits CacheMisses " +
          "CacheHitRate CurrItems BytesUsedForCache AuthenticationFailures CommandAuthorizationFailures",
        ...NODE,
      ),
      // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-metrics-events-redis.html
      ...each("ElastiCacheProcessingUnits ThrottledCmds SuccessfulReadRequestLatency", ...SERVERLESS),
      ...each("BytesUsedForCache CurrConnections Evictions", ...NODE, ...SERVERLESS),
    },
  },
  "AWS/RDS": {
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html",
    metrics: {
      ...each(
        "CPUUtilization CPUCreditBalance DatabaseConnections DiskQueueDepth FreeableMemory FreeLocalStorage " +
          "MaximumUsedTransactionIDs ReadIOPS WriteIOPS ReadLatency WriteLatency SwapUsage",
        ...DATABASE,
      ),
      ...each("BurstBalance EBSByteBalance% EBSIOBalance% FreeStorageSpace ReplicaLag", "DBInstanceIdentifier"),
      // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
      ...each(
        "ACUUtilization AuroraReplicaLag AuroraReplicaLagMaximum ServerlessDatabaseCapacity",
        "DBInstanceIdentifier",
        "DBClusterIdentifier",
        "DBClusterIdentifier Role",
      ),
      // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.monitoring.html
      ...each("ClientConnections ClientConnectionsClosed QueryRequests", "ProxyName", "ProxyName EndpointName"),
      ...each(
        "AvailabilityPercentage DatabaseConnectionsBorrowLatency DatabaseConnectionsCurrentlyBorrowed " +
          "DatabaseConnectionsCurrentlySessionPinned DatabaseConnectionsSetupFailed MaxDatabaseConnectionsAllowed",
        "ProxyName",
        "ProxyName TargetGroup",
        "ProxyName TargetGroup Target",
        "ProxyName TargetGroup TargetRole",
      ),
    },
  },
  "AWS/NATGateway": {
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html",
    metrics: each("ErrorPortAllocation PacketsDropCount ActiveConnectionCount BytesOutToDestination", "NatGatewayId"),
  },
  "AWS/EC2": {
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html",
    metrics: each(
      "CPUUtilization CPUCreditBalance StatusCheckFailed StatusCheckFailed_Instance StatusCheckFailed_System",
      "InstanceId",
      "AutoScalingGroupName",
    ),
  },
  "AWS/Scheduler": {
    source: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html",
    metrics: each("InvocationAttemptCount InvocationDroppedCount TargetErrorCount", "ScheduleGroup"),
  },
  "AWS/States": {
    source: "https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html",
    metrics: each("ExecutionsAborted ExecutionsFailed ExecutionsStarted ExecutionsTimedOut", "StateMachineArn"),
  },
  "AWS/WAFV2": {
    source: "https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html",
    // The region is a dimension of regional web ACLs only; that of a distribution has none.
    metrics: each("AllowedRequests BlockedRequests CountedRequests", "Region Rule WebACL", "Rule WebACL"),
  },
};

/** The attribute of Terraform's resource that a dimension's value is. Sources: the pages above, "Dimensions". */
export const DIMENSION_ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  CertificateArn: /^(arn:aws:acm:|\$\{aws_acm_certificate(_validation)?\.[\w-]+\.(certificate_)?arn\}$)/,
  LoadBalancer: /^\$\{aws_lb\.[\w-]+\.arn_suffix\}$/,
  TargetGroup: /^(\$\{aws_lb_target_group\.[\w-]+\.arn_suffix\}|default)$/,
  DBClusterIdentifier: /^\$\{aws_rds_cluster\.[\w-]+\.(cluster_identifier|id)\}$/,
  DBInstanceIdentifier: /^\$\{aws_(db|rds_cluster)_instance\.[\w-]+\.(identifier|id)\}$/,
  ScheduleGroup: /^\$\{aws_scheduler_schedule_group\.[\w-]+\.name\}$/,
  StateMachineArn: /^\$\{aws_sfn_state_machine\.[\w-]+\.arn\}$/,
  DistributionId: /^\$\{aws_cloudfront_distribution\.[\w-]+\.id\}$/,
};
