import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { type Construct } from "constructs";
import { physicalName } from "../../core/names";
import { escapeTemplate } from "../../core/tokens";
import { type LogMetric } from "../log-metric";
import { metricFactory } from "../metric";
import { appNumbers, appRows } from "../monitored/app/widgets";
import { cacheRows } from "../monitored/cache/widgets";
import { databaseRows } from "../monitored/database/widgets";
import { instanceNumbers, instanceRows } from "../monitored/instances/widgets";
import { errorNumbers, loadBalancerRows } from "../monitored/load-balancer/widgets";
import { type Monitored } from "../monitored/props";
import { logRows, serviceNumbers, serviceRows } from "../monitored/service/widgets";
import { wafRows } from "../monitored/waf/widgets";
import { type CompleteThresholds } from "../thresholds/defaults";
import { alarmStatus, graph, place, type Row, section, text } from "./widgets";

export interface DashboardProps {
  readonly name: string;
  readonly region: string;
  readonly monitored: Monitored;
  readonly thresholds: CompleteThresholds;
  readonly alarmArns: readonly string[];
  readonly logMetrics: Readonly<Record<string, Required<LogMetric>>>;
  readonly runbookUrl?: string | undefined;
}

export function createDashboard(scope: Construct, props: DashboardProps): CloudwatchDashboard {
  const widgets = place(rows(props)).map(({ properties, ...widget }) => ({
    ...widget,
    properties:
      widget.type === "text" || widget.type === "alarm" ? properties : { ...properties, region: props.region },
  }));
  return new CloudwatchDashboard(scope, "dashboard", {
    dashboardName: dashboardName(props.name),
    dashboardBody: escapeTemplate(JSON.stringify({ start: "-PT3H", periodOverride: "inherit", widgets })),
  });
}

export function dashboardName(name: string): string {
  return physicalName([name], { maxLength: 255 });
}

/** Orders the rows from what users notice down to causes, so that the top of the page shows how bad it is. */
function rows(props: DashboardProps): Row[] {
  const { service, instances, loadBalancer, database, cache, waf, app } = props.monitored;
  const { thresholds } = props;
  return [
    [text(heading(props), 2)],
    [
      alarmStatus("Alarms", 8, props.alarmArns),
      ...(service ? serviceNumbers(service) : []),
      ...(instances ? instanceNumbers(instances) : []),
      ...(app ? appNumbers(app) : []),
      ...(loadBalancer ? errorNumbers(loadBalancer, thresholds) : []),
    ],
    ...(app ? appRows(app, thresholds) : []),
    ...(loadBalancer ? loadBalancerRows(loadBalancer, thresholds) : []),
    ...(service ? serviceRows(service, thresholds) : []),
    ...(instances ? instanceRows(instances, thresholds) : []),
    ...(database ? databaseRows(database, thresholds) : []),
    ...(cache ? cacheRows(cache, thresholds) : []),
    ...(waf ? wafRows(waf, props.region, thresholds) : []),
    ...logMetricRows(props.logMetrics),
    ...(service ? logRows(service) : []),
    ...(instances ? logRows(instances) : []),
  ];
}

function heading({ name, runbookUrl }: DashboardProps): string {
  const help = runbookUrl
    ? `[Runbook](${runbookUrl}): every alarm links to its entry there.`
    : "Each alarm's description says what it means and where to look first.";
  return `# ${name}\n${help}`;
}

function logMetricRows(logMetrics: DashboardProps["logMetrics"]): Row[] {
  const entries = Object.entries(logMetrics);
  if (entries.length === 0) return [];
  const series = entries.map(([metricName, { namespace }]) => ({
    label: metricName,
    watch: metricFactory(namespace, {})(metricName, "Sum"),
  }));
  return [section("Counted in the logs"), [graph({ title: "Log events a minute", width: 24, series })]];
}
