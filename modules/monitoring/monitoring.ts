import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { type CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { type CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { arnField, parseArn } from "../core/arn";
import { Checks } from "../core/checks";
import * as kind from "../core/kinds";
import { physicalName } from "../core/names";
import { type WithDefaults, readProps } from "../core/props";
import { ALARM_NAME_MAX_LENGTH, type AlarmSpec, createAlarm } from "./alarm";
import { AlarmTopic, type Subscription, SUBSCRIPTIONS } from "./alarm-topic/alarm-topic";
import { createDashboard } from "./dashboard/dashboard";
import { createDatabaseEvents } from "./monitored/database/events";
import { monitoringDefaults } from "./defaults";
import { createDeploymentEvents } from "./monitored/service/deployment-events";
import { createLogMetric, type LogMetric } from "./log-metric";
import { alarmsOf, MONITORED, type Monitored } from "./monitored/props";
import { type CompleteThresholds, completeThresholds, THRESHOLDS, type Thresholds } from "./thresholds/props";
import { validateDisabledAlarms, validateMonitoring } from "./validation/monitoring";

export interface MonitoringProps extends Monitored {
  /** Stem of all names in here, for example `messenger-crm-prod`. */
  readonly name: string;
  /**
   * Where alarms go off.
   * @default see the README; each with its reason
   */
  readonly thresholds?: Thresholds;
  /**
   * Alarms not to make, by id: `["cache-evictions"]`.
   * @default none
   */
  readonly disabledAlarms?: readonly string[];
  /**
   * Metrics counted from log lines, by metric name: $0.30 each a month.
   * @default none
   */
  readonly logMetrics?: Readonly<Record<string, LogMetric>>;
  /**
   * A topic that exists already; it must let CloudWatch (and, with a service or a database, EventBridge) publish.
   * @default a topic of its own
   */
  readonly alarmTopicArn?: string;
  /**
   * Topic of the one alarm that says that users notice, for a pager; all others stay with the ordinary topic.
   * @default the ordinary topic
   */
  readonly urgentTopicArn?: string;
  /**
   * Who hears of alarms, for the topic of its own.
   * @default nobody, with a warning
   */
  readonly subscriptions?: Readonly<Record<string, Subscription>>;
  /**
   * Customer managed key for the topic of its own; its policy must let CloudWatch and EventBridge use it.
   * @default no encryption beyond that of SNS's own storage
   */
  readonly kmsKeyArn?: string;
  /**
   * Page whose headings are the alarms' ids; stands in every alarm and on the dashboard.
   * @default no link
   */
  readonly runbookUrl?: string;
  /**
   * Whether to make the dashboard: $3 a month beyond three in the account.
   * @default true
   */
  readonly dashboard?: boolean;
}

export type CompleteMonitoringProps = WithDefaults<MonitoringProps, typeof monitoringDefaults>;

const PROPS: kind.Shape<MonitoringProps> = {
  name: kind.string,
  service: MONITORED.service,
  loadBalancer: MONITORED.loadBalancer,
  database: MONITORED.database,
  cache: MONITORED.cache,
  waf: MONITORED.waf,
  app: MONITORED.app,
  thresholds: THRESHOLDS,
  disabledAlarms: kind.array(kind.string),
  logMetrics: kind.record(
    kind.object<LogMetric>({ namespace: kind.string, text: kind.string, logGroupName: kind.string }),
  ),
  alarmTopicArn: kind.string,
  urgentTopicArn: kind.string,
  subscriptions: SUBSCRIPTIONS,
  kmsKeyArn: kind.string,
  runbookUrl: kind.string,
  dashboard: kind.boolean,
};

/** Alarms on everything that it is shown, one that says that users notice, and a dashboard for whoever was woken up. */
export class Monitoring extends Construct {
  readonly topicArn: string;
  /** Names of all alarms, the composite one included. */
  readonly alarmNames: readonly string[];
  /** The alarms by id. */
  readonly alarms: Readonly<Record<string, CloudwatchMetricAlarm>>;
  /** Goes off with any alarm that users notice; there is none when nothing of that kind is watched. */
  readonly serviceUnhealthyAlarm?: CloudwatchCompositeAlarm;
  readonly dashboardName?: string;
  /** Of the console of the `aws` partition. */
  readonly dashboardUrl?: string;

  private readonly props: CompleteMonitoringProps;
  private readonly thresholds: CompleteThresholds;
  private readonly region: string;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, monitoringDefaults);
    this.thresholds = completeThresholds(this.props.thresholds);
    validateMonitoring(checks, this.props, this.thresholds);

    this.topicArn = this.props.alarmTopicArn ?? this.createTopic();
    this.region = regionOf(this.topicArn);
    const specs = this.chosenAlarms();
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
    const { name, subscriptions, kmsKeyArn } = this.props;
    return new AlarmTopic(this, "topic", { name, subscriptions, kmsKeyArn }).topicArn;
  }

  private chosenAlarms(): AlarmSpec[] {
    const specs = alarmsOf(this.props, this.region, this.thresholds);
    const { disabledAlarms } = this.props;
    validateDisabledAlarms(this, disabledAlarms, specs);
    return specs.filter((spec) => !disabledAlarms.includes(spec.id));
  }

  private createAlarms(specs: readonly AlarmSpec[]): Record<string, CloudwatchMetricAlarm> {
    const { name, runbookUrl } = this.props;
    const settings = { name, runbookUrl, topicArns: [this.topicArn] };
    return Object.fromEntries(specs.map((spec) => [spec.id, createAlarm(this, spec, settings)]));
  }

  private createServiceUnhealthyAlarm(specs: readonly AlarmSpec[]): CloudwatchCompositeAlarm | undefined {
    if (specs.length === 0) return undefined;
    const topicArns = [this.props.urgentTopicArn ?? this.topicArn];
    return new CloudwatchCompositeAlarm(this, "service-unhealthy", {
      alarmName: physicalName([this.props.name, "service-unhealthy"], { maxLength: ALARM_NAME_MAX_LENGTH }),
      alarmDescription: `Users notice. Look at the dashboard ${this.props.name}, from top to bottom.`,
      alarmRule: specs.map((spec) => `ALARM("${this.alarms[spec.id]!.alarmName}")`).join(" OR "),
      alarmActions: topicArns,
      okActions: topicArns,
    });
  }

  private createEvents(): void {
    const { name, service, database } = this.props;
    if (service) createDeploymentEvents(this, { name, service, topicArn: this.topicArn });
    if (database) createDatabaseEvents(this, { name, database, topicArn: this.topicArn });
  }

  private createLogMetrics(): void {
    for (const [metricName, metric] of Object.entries(this.props.logMetrics)) {
      const logGroupName = metric.logGroupName ?? this.props.service!.logGroupName!;
      createLogMetric(this, metricName, { ...metric, logGroupName });
    }
  }

  private createDashboard(): CloudwatchDashboard | undefined {
    if (!this.props.dashboard) return undefined;
    return createDashboard(this, {
      name: this.props.name,
      region: this.region,
      monitored: this.props,
      thresholds: this.thresholds,
      alarmArns: this.allAlarms().map((alarm) => alarm.arn),
      logMetrics: this.props.logMetrics,
      runbookUrl: this.props.runbookUrl,
    });
  }

  /** What users notice first. */
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
