import { type CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { type CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { type CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { arnField, parseArn } from "../core/arn";
import { Checks } from "../core/checks";
import { locationOf } from "../core/location";
import { readProps } from "../core/props";
import { type AlarmSpec, createAlarm } from "./alarm";
import { AlarmTopic } from "./alarm-topic/alarm-topic";
import { createDashboard, dashboardName } from "./dashboard/dashboard";
import { type CompleteMonitoringProps, monitoringDefaults } from "./defaults";
import { reportsAtEdge, requireEdgeRegion } from "./edge-region";
import { createLogMetric, type LogMetric } from "./log-metric";
import { alarmsOf } from "./monitored/alarms";
import { createDatabaseEvents } from "./monitored/database/events";
import { createDeploymentEvents } from "./monitored/service/deployment-events";
import { type MonitoringProps, PROPS } from "./props";
import { createServiceUnhealthyAlarm } from "./service-unhealthy";
import { type CompleteThresholds, completeThresholds } from "./thresholds/defaults";
import { deriveThresholds } from "./thresholds/derived";
import { validateDisabledAlarms } from "./validation/disabled-alarms";
import { validateMonitoring } from "./validation/monitoring";

/**
 * Creates alarms for each resource it is given, one composite alarm for user-visible failures, and a dashboard for the person on call.
 */
export class Monitoring extends Construct {
  readonly topicArn: string;
  /** Names of all alarms, including the composite one. */
  readonly alarmNames: readonly string[];
  /** The alarms by id. */
  readonly alarms: Readonly<Record<string, CloudwatchMetricAlarm>>;
  /** Composite alarm of all user-visible failures; `undefined` when no alarm of that kind exists. */
  readonly serviceUnhealthyAlarm?: CloudwatchCompositeAlarm | undefined;
  readonly dashboardName?: string | undefined;
  /** URL in the console of the `aws` partition. */
  readonly dashboardUrl?: string | undefined;

  private readonly props: CompleteMonitoringProps;
  private readonly thresholds: CompleteThresholds;
  private readonly region: string;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, monitoringDefaults);
    const providerRegion = locationOf(this, this.props.provider).region;
    validateMonitoring(checks, this.props, completeThresholds(this.props.thresholds), providerRegion);
    this.thresholds = deriveThresholds(this.props.thresholds, this.props);

    this.topicArn = this.props.alarmTopicArn ?? this.createTopic();
    this.region = regionOf(this.topicArn);
    const specs = this.enabledAlarms();
    this.alarms = this.createAlarms(specs);
    this.serviceUnhealthyAlarm = this.createServiceUnhealthyAlarm(specs.filter((spec) => spec.userFacing));
    this.createEvents();
    this.createLogMetrics();
    const dashboard = this.createDashboard();

    this.alarmNames = this.allAlarms().map((alarm) => alarm.alarmName);
    this.dashboardName = dashboard?.dashboardName;
    this.dashboardUrl = dashboard && consoleUrl(this.region, dashboard.dashboardName);
  }

  private createTopic(): string {
    const { name, subscriptions, kmsKeyArn, provider } = this.props;
    return new AlarmTopic(this, "topic", { name, subscriptions, kmsKeyArn, provider }).topicArn;
  }

  private enabledAlarms(): AlarmSpec[] {
    const specs = alarmsOf(this.props, this.region, this.thresholds);
    const { disabledAlarms } = this.props;
    validateDisabledAlarms(this, disabledAlarms, specs);
    return specs.filter((spec) => !disabledAlarms.includes(spec.id));
  }

  private createAlarms(specs: readonly AlarmSpec[]): Record<string, CloudwatchMetricAlarm> {
    const { name, runbookUrl, provider } = this.props;
    const settings = { name, runbookUrl, provider, dashboardName: this.plannedDashboard(), topicArns: [this.topicArn] };
    const alarms = Object.fromEntries(specs.map((spec) => [spec.id, createAlarm(this, spec, settings)]));
    if (reportsAtEdge(this.props) && locationOf(this, provider).region === undefined) {
      requireEdgeRegion(this, this.region, Object.values(alarms));
    }
    return alarms;
  }

  private createServiceUnhealthyAlarm(specs: readonly AlarmSpec[]): CloudwatchCompositeAlarm | undefined {
    if (specs.length === 0) return undefined;
    const { name, urgentTopicArn: topicArn = this.topicArn, runbookUrl, provider } = this.props;
    const members = Object.fromEntries(specs.map(({ id }) => [id, this.alarms[id]!]));
    return createServiceUnhealthyAlarm(this, {
      name,
      members,
      topicArn,
      dashboardName: this.plannedDashboard(),
      runbookUrl,
      provider,
    });
  }

  /** Returns the dashboard's name before it exists; `undefined` when there will be none. */
  private plannedDashboard(): string | undefined {
    return this.props.dashboard ? dashboardName(this.props.name) : undefined;
  }

  private createEvents(): void {
    const { name, service, database, provider } = this.props;
    const { topicArn } = this;
    if (service) createDeploymentEvents(this, { name, service, topicArn, provider });
    if (database) createDatabaseEvents(this, { name, database, topicArn, provider });
  }

  private createLogMetrics(): void {
    for (const [metricName, metric] of Object.entries(this.logMetrics())) {
      createLogMetric(this, metricName, metric, this.props.provider);
    }
  }

  private logMetrics(): Record<string, Required<LogMetric>> {
    const { name, service } = this.props;
    const complete = Object.entries(this.props.logMetrics).map(([metricName, metric]) => {
      const { namespace = name, logGroupName = service!.logGroupName! } = metric;
      return [metricName, { ...metric, namespace, logGroupName }] as const;
    });
    return Object.fromEntries(complete);
  }

  private createDashboard(): CloudwatchDashboard | undefined {
    if (!this.props.dashboard) return undefined;
    return createDashboard(this, {
      name: this.props.name,
      region: this.region,
      monitored: this.props,
      thresholds: this.thresholds,
      alarmArns: this.allAlarms().map((alarm) => alarm.arn),
      logMetrics: this.logMetrics(),
      runbookUrl: this.props.runbookUrl,
    });
  }

  /** Returns all alarms, the composite one first. */
  private allAlarms(): (CloudwatchCompositeAlarm | CloudwatchMetricAlarm)[] {
    return [...(this.serviceUnhealthyAlarm ? [this.serviceUnhealthyAlarm] : []), ...Object.values(this.alarms)];
  }
}

function regionOf(topicArn: string): string {
  return parseArn(topicArn)?.region ?? arnField(topicArn, "region");
}

function consoleUrl(region: string, dashboardName: string): string {
  return `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboardName}`;
}
