import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  Dashboard,
  GraphWidget,
  type IMetric,
  LogQueryWidget,
  MathExpression,
  Metric,
  TextWidget,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { type ApplicationLoadBalancedFargateService } from "aws-cdk-lib/aws-ecs-patterns";
import { HttpCodeElb, HttpCodeTarget } from "aws-cdk-lib/aws-elasticloadbalancingv2";
import { Rule } from "aws-cdk-lib/aws-events";
import { SnsTopic } from "aws-cdk-lib/aws-events-targets";
import { FilterPattern, type ILogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import { type DatabaseInstance } from "aws-cdk-lib/aws-rds";
import { type Topic } from "aws-cdk-lib/aws-sns";
import { type Construct } from "constructs";

const NAMESPACE = "MessengerCRM";
const PERIOD = Duration.minutes(1);

export interface Monitored {
  readonly name: string;
  readonly service: ApplicationLoadBalancedFargateService;
  readonly database: DatabaseInstance;
  /** Ids of the cache nodes. */
  readonly cacheNodes: readonly string[];
  /** Metric name of the firewall. */
  readonly firewall: string;
  readonly topic: Topic;
  /** Log group of the tasks. */
  readonly logGroup: ILogGroup;
}

interface AlarmPlan {
  readonly id: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly below?: boolean;
  /** Whether the composite alarm for user-visible failures includes it. */
  readonly urgent?: boolean;
}

/** Adds alarms, a composite alarm, a dashboard, a rule for failed deployments and a metric filter that counts connections. */
export function addMonitoring(scope: Construct, monitored: Monitored): void {
  const plans = [
    ...serviceAlarms(monitored),
    ...databaseAlarms(monitored),
    ...cacheAlarms(monitored),
    ...appAlarms(monitored),
  ];
  const alarms = new Map(plans.map((plan) => [plan, addAlarm(scope, monitored, plan)]));
  const urgent = new CompositeAlarm(scope, "Unhealthy", {
    compositeAlarmName: `${monitored.name}-service-unhealthy`,
    alarmDescription: `Users notice. Look at the dashboard ${monitored.name}.`,
    alarmRule: AlarmRule.anyOf(
      ...plans.filter((plan) => plan.urgent).map((plan) => AlarmRule.fromAlarm(alarms.get(plan)!, AlarmState.ALARM)),
    ),
  });
  urgent.addAlarmAction(new SnsAction(monitored.topic));
  urgent.addOkAction(new SnsAction(monitored.topic));
  addDashboard(scope, monitored, plans);
  new Rule(scope, "DeploymentFailed", {
    ruleName: `${monitored.name}-deployment-failed`,
    description: `ECS gave up a deployment of ${monitored.name}`,
    eventPattern: {
      source: ["aws.ecs"],
      detailType: ["ECS Deployment State Change"],
      detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
      resources: [monitored.service.service.serviceArn],
    },
    targets: [new SnsTopic(monitored.topic)],
  });
  new MetricFilter(scope, "ConnectionsMade", {
    logGroup: monitored.logGroup,
    filterPattern: FilterPattern.literal('"[WebSocket] Client connected"'),
    metricNamespace: NAMESPACE,
    metricName: "WebSocketConnections",
  });
}

/** Adds the alarms at which ECS rolls a deployment back. */
export function addRollbackAlarms(scope: Construct, monitored: Monitored): void {
  const plans = [...serviceAlarms(monitored), ...appAlarms(monitored)]
    .filter(({ id }) => ["target-errors", "unhealthy-targets", "ack-latency"].includes(id))
    .map((plan) => ({ ...plan, id: `rollback-${plan.id}` }));
  const alarmNames = plans.map((plan) => addAlarm(scope, monitored, plan) && `${monitored.name}-${plan.id}`);
  monitored.service.service.enableDeploymentAlarms(alarmNames);
}

function addAlarm(scope: Construct, { name, topic }: Monitored, { id, metric, threshold, below }: AlarmPlan): Alarm {
  const alarm = new Alarm(scope, `${id}Alarm`, {
    metric,
    alarmName: `${name}-${id}`,
    alarmDescription: `${id} is out of its range`,
    threshold,
    evaluationPeriods: 3,
    comparisonOperator: below ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(topic));
  alarm.addOkAction(new SnsAction(topic));
  return alarm;
}

function addDashboard(scope: Construct, { name, logGroup }: Monitored, plans: readonly AlarmPlan[]): void {
  new Dashboard(scope, "Dashboard", {
    dashboardName: name,
    widgets: [
      [new TextWidget({ markdown: `# ${name}`, width: 24, height: 1 })],
      plans.map(({ id, metric, threshold }) => {
        return new GraphWidget({ title: id, left: [metric], leftAnnotations: [{ value: threshold }], width: 8 });
      }),
      [
        new LogQueryWidget({
          title: "Errors",
          logGroupNames: [logGroup.logGroupName],
          queryLines: ["fields @timestamp, msg", "filter level >= 50", "sort @timestamp desc", "limit 20"],
          width: 24,
        }),
      ],
    ],
  });
}

function serviceAlarms(monitored: Monitored): AlarmPlan[] {
  return [...taskAlarms(monitored), ...targetAlarms(monitored), ...entranceAlarms(monitored)];
}

function taskAlarms({ service: { service, cluster } }: Monitored): AlarmPlan[] {
  const taskCount = (metricName: string) =>
    new Metric({
      namespace: "ECS/ContainerInsights",
      metricName,
      dimensionsMap: { ClusterName: cluster.clusterName, ServiceName: service.serviceName },
      period: PERIOD,
    });
  return [
    { id: "service-cpu", metric: service.metricCpuUtilization(), threshold: 80 },
    { id: "service-memory", metric: service.metricMemoryUtilization(), threshold: 85 },
    {
      id: "tasks-missing",
      metric: new MathExpression({
        expression: "desired - running",
        usingMetrics: { desired: taskCount("DesiredTaskCount"), running: taskCount("RunningTaskCount") },
        period: PERIOD,
      }),
      threshold: 0,
      urgent: true,
    },
  ];
}

function targetAlarms({ service: { targetGroup } }: Monitored): AlarmPlan[] {
  const requests = targetGroup.metrics.requestCount();
  const errors = targetGroup.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT);
  return [
    { id: "unhealthy-targets", metric: targetGroup.metrics.unhealthyHostCount(), threshold: 0 },
    { id: "healthy-targets", metric: targetGroup.metrics.healthyHostCount(), threshold: 1, below: true, urgent: true },
    {
      id: "target-errors",
      metric: new MathExpression({
        expression: "IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)",
        usingMetrics: { requests, errors },
        period: PERIOD,
      }),
      threshold: 5,
      urgent: true,
    },
    { id: "response-time", metric: targetGroup.metrics.targetResponseTime({ statistic: "p95" }), threshold: 27 },
  ];
}

/** Alarms on what clients reach before the tasks: the load balancer and the web ACL. */
function entranceAlarms({ service: { loadBalancer }, firewall }: Monitored): AlarmPlan[] {
  return [
    {
      id: "load-balancer-errors",
      metric: loadBalancer.metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT),
      threshold: 10,
      urgent: true,
    },
    { id: "rejected-connections", metric: loadBalancer.metrics.rejectedConnectionCount(), threshold: 0 },
    {
      id: "firewall-blocked",
      metric: new Metric({
        namespace: "AWS/WAFV2",
        metricName: "BlockedRequests",
        dimensionsMap: { WebACL: firewall, Rule: "ALL" },
        period: PERIOD,
      }),
      threshold: 200,
    },
  ];
}

function databaseAlarms({ database }: Monitored): AlarmPlan[] {
  return [
    { id: "database-cpu", metric: database.metricCPUUtilization(), threshold: 80 },
    { id: "database-storage", metric: database.metricFreeStorageSpace(), threshold: 15 * 1024 ** 3, below: true },
    { id: "database-memory", metric: database.metricFreeableMemory(), threshold: 64 * 1024 ** 2, below: true },
    { id: "database-connections", metric: database.metricDatabaseConnections(), threshold: 80 },
    { id: "database-read-latency", metric: database.metric("ReadLatency"), threshold: 0.02 },
    { id: "database-write-latency", metric: database.metric("WriteLatency"), threshold: 0.02 },
  ];
}

function cacheAlarms({ cacheNodes }: Monitored): AlarmPlan[] {
  const thresholds = {
    EngineCPUUtilization: 80,
    DatabaseMemoryUsagePercentage: 80,
    Evictions: 0,
    CurrConnections: 5000,
    ReplicationLag: 5,
    NetworkBandwidthInAllowanceExceeded: 0,
    NetworkBandwidthOutAllowanceExceeded: 0,
  };
  return cacheNodes.flatMap((node) =>
    Object.entries(thresholds).map(([metricName, threshold]) => ({
      id: `${node}-${metricName}`,
      metric: new Metric({
        namespace: "AWS/ElastiCache",
        metricName,
        dimensionsMap: { CacheClusterId: node },
        period: PERIOD,
      }),
      threshold,
    })),
  );
}

function appAlarms({ name }: Monitored): AlarmPlan[] {
  const ofApp = (metricName: string, statistic: string) =>
    new Metric({ namespace: NAMESPACE, metricName, dimensionsMap: { Service: name }, statistic, period: PERIOD });
  const open = ofApp("OpenConnections", "Sum");
  return [
    { id: "ack-latency", metric: ofApp("AckLatencyMs", "p95"), threshold: 500, urgent: true },
    { id: "delivery-latency", metric: ofApp("DeliveryLatencyMs", "p95"), threshold: 1000 },
    { id: "event-loop-lag", metric: ofApp("EventLoopLagMs", "p95"), threshold: 200 },
    { id: "adapter", metric: ofApp("AdapterConnected", "Minimum"), threshold: 1, below: true, urgent: true },
    { id: "open-connections", metric: open, threshold: 2000 },
    {
      id: "connection-drop",
      metric: new MathExpression({
        expression: "IF((open - DIFF(open)) >= 250, -100 * DIFF(open) / (open - DIFF(open)), 0)",
        usingMetrics: { open },
        period: PERIOD,
      }),
      threshold: 50,
    },
  ];
}
