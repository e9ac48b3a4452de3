import { Duration } from "aws-cdk-lib";
import { ComparisonOperator, Dashboard, GraphWidget, Metric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { type ApplicationLoadBalancedFargateService } from "aws-cdk-lib/aws-ecs-patterns";
import { type CfnReplicationGroup } from "aws-cdk-lib/aws-elasticache";
import { HttpCodeElb, HttpCodeTarget } from "aws-cdk-lib/aws-elasticloadbalancingv2";
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
  readonly cache: CfnReplicationGroup;
  readonly topic: Topic;
  /** Where the tasks write. */
  readonly logGroup: ILogGroup;
}

interface AlarmPlan {
  readonly id: string;
  readonly metric: Metric;
  readonly threshold: number;
  readonly below?: boolean;
}

/** Alarms to a topic, a dashboard, and the metric filter that counts connections. */
export function addMonitoring(scope: Construct, monitored: Monitored): void {
  const plans = [...serviceAlarms(monitored), ...dataAlarms(monitored), ...appAlarms(monitored)];
  const action = new SnsAction(monitored.topic);
  for (const { id, metric, threshold, below } of plans) {
    const alarm = metric.createAlarm(scope, `${id}Alarm`, {
      alarmName: `${monitored.name}-${id}`,
      alarmDescription: `${id} is out of its range`,
      threshold,
      evaluationPeriods: 3,
      comparisonOperator: below ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
  new Dashboard(scope, "Dashboard", {
    dashboardName: monitored.name,
    widgets: [plans.map(({ id, metric }) => new GraphWidget({ title: id, left: [metric], width: 12 }))],
  });
  new MetricFilter(scope, "ConnectionsMade", {
    logGroup: monitored.logGroup,
    filterPattern: FilterPattern.literal('"[WebSocket] Client connected"'),
    metricNamespace: NAMESPACE,
    metricName: "WebSocketConnections",
  });
}

function serviceAlarms({ service }: Monitored): AlarmPlan[] {
  const { loadBalancer, targetGroup } = service;
  return [
    { id: "service-cpu", metric: service.service.metricCpuUtilization(), threshold: 85 },
    { id: "service-memory", metric: service.service.metricMemoryUtilization(), threshold: 85 },
    { id: "unhealthy-targets", metric: targetGroup.metrics.unhealthyHostCount(), threshold: 0 },
    { id: "healthy-targets", metric: targetGroup.metrics.healthyHostCount(), threshold: 1, below: true },
    { id: "target-5xx", metric: targetGroup.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT), threshold: 10 },
    { id: "balancer-5xx", metric: loadBalancer.metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT), threshold: 10 },
    { id: "rejected-connections", metric: loadBalancer.metrics.rejectedConnectionCount(), threshold: 0 },
    {
      id: "response-time",
      metric: targetGroup.metrics.targetResponseTime({ statistic: "p95" }),
      threshold: 1,
    },
  ];
}

function dataAlarms({ database, cache }: Monitored): AlarmPlan[] {
  const ofCache = (metricName: string) =>
    new Metric({
      namespace: "AWS/ElastiCache",
      metricName,
      dimensionsMap: { ReplicationGroupId: cache.ref },
      period: PERIOD,
    });
  return [
    { id: "database-cpu", metric: database.metricCPUUtilization(), threshold: 85 },
    { id: "database-storage", metric: database.metricFreeStorageSpace(), threshold: 5 * 1024 ** 3, below: true },
    { id: "database-connections", metric: database.metricDatabaseConnections(), threshold: 80 },
    { id: "cache-cpu", metric: ofCache("EngineCPUUtilization"), threshold: 85 },
    { id: "cache-memory", metric: ofCache("DatabaseMemoryUsagePercentage"), threshold: 80 },
    { id: "cache-evictions", metric: ofCache("Evictions"), threshold: 0 },
  ];
}

function appAlarms({ name }: Monitored): AlarmPlan[] {
  const ofApp = (metricName: string, statistic: string) =>
    new Metric({ namespace: NAMESPACE, metricName, dimensionsMap: { Service: name }, statistic, period: PERIOD });
  return [
    { id: "ack-latency", metric: ofApp("AckLatencyMs", "p95"), threshold: 500 },
    { id: "event-loop-lag", metric: ofApp("EventLoopLagMs", "p95"), threshold: 200 },
    { id: "adapter", metric: ofApp("AdapterConnected", "Minimum"), threshold: 1, below: true },
  ];
}
