import { type Load, requestsPerMonth, SECONDS_PER_MONTH } from "../../prices/load";
import { block, blocks, text } from "../../terraform/values";
import { type Plan, type Resource } from "../../terraform/plan";
import { type Context, type Ledger } from "../pricer";
import { tasksAt } from "./fargate";

const BYTES_PER_GB = 1e9;

/** Bytes of one log line by source: measured for the app, documented samples for the others. */
const LINE_BYTES = { app: 350, metrics: 1500, firewall: 1800, flow: 150 } as const;

/** Returns the GB a month that a log group ingests at the stated load, by the prefix of its name. */
function ingestedGb(group: Resource, { plan, load }: Context, tasks: number): number | undefined {
  const name = text(group.values, "name") ?? "";
  if (name.startsWith("/ecs/")) {
    const connects = load.newConnectionsPerSec * LINE_BYTES.app;
    const metrics = (tasks * LINE_BYTES.metrics) / 60;
    return ((connects + metrics) * SECONDS_PER_MONTH) / BYTES_PER_GB;
  }
  if (name.startsWith("aws-waf-logs-")) return (loggedRequests(group, plan, load) * LINE_BYTES.firewall) / BYTES_PER_GB;
  if (name.startsWith("/vpc/")) {
    // An open flow is reported every ten minutes, at the load balancer and at the task.
    const flows = 2 * (load.connections / 600 + load.newConnectionsPerSec + load.requestsPerSec);
    return (flows * LINE_BYTES.flow * SECONDS_PER_MONTH) / BYTES_PER_GB;
  }
  return undefined;
}

/** Returns the requests a month that WAF logs: all, unless a filter drops those that no rule matched. */
function loggedRequests(group: Resource, plan: Plan, load: Load): number {
  const filtered = plan
    .ofType("aws_wafv2_web_acl_logging_configuration")
    .filter((logging) => plan.referred(logging, "log_destination_configs", "aws_cloudwatch_log_group").includes(group))
    .some(({ values }) => text(block(values, "logging_filter"), "default_behavior") === "DROP");
  return requestsPerMonth(load) * (filtered ? load.suspiciousShare : 1);
}

export function priceLogGroup(resource: Resource, context: Context, bill: Ledger): void {
  const name = text(resource.values, "name") ?? "";
  const tasks = context.plan.ofType("aws_ecs_service").reduce((sum, item) => sum + tasksAt(item, context).now, 0);
  const gb = ingestedGb(resource, context, tasks);
  if (gb === undefined) {
    bill.missing(
      `log data of ${name}`,
      "what the service logs depends on its use; cw.logs.ingest has the price of a GB",
    );
    return;
  }
  const days = Number(resource.values["retention_in_days"] ?? 0);
  bill.add("log data ingested", "cw.logs.ingest", gb, "usage");
  // In the steady state, the retention's worth of data is stored, compressed to about 0.15 of its size.
  bill.add(`log data stored for ${days} days`, "cw.logs.store", gb * 0.15 * (days / 30), "usage");
}

/** An alarm is billed by its number of metrics. Source: CloudWatch pricing, "standard resolution alarms". */
export function priceMetricAlarm(resource: Resource, _context: Context, bill: Ledger): void {
  const queried = blocks(resource.values, "metric_query").filter((query) => blocks(query, "metric").length > 0).length;
  bill.add(queried > 1 ? `alarm on ${queried} metrics` : "alarm", "cw.alarm", Math.max(1, queried), "fixed");
}

export function priceCompositeAlarm(_resource: Resource, _context: Context, bill: Ledger): void {
  bill.missing("composite alarm", "no price in the list");
}

export function priceDashboard(_resource: Resource, _context: Context, bill: Ledger): void {
  bill.add("dashboard", "cw.dashboard", 1, "fixed");
}

export function priceCluster(resource: Resource, _context: Context, bill: Ledger): void {
  const insights = blocks(resource.values, "setting").find((setting) => text(setting, "name") === "containerInsights");
  if (insights && text(insights, "value") !== "disabled") {
    bill.missing(
      `Container Insights (${text(insights, "value")})`,
      "billed by metric and log data; AWS states no fixed count",
    );
  }
}

/** Lists the app's custom metrics in the plan: created by a filter, watched by an alarm or tracked by the autoscaler. */
export function customMetrics(plan: Plan): string[] {
  const fromFilters = plan
    .ofType("aws_cloudwatch_log_metric_filter")
    .flatMap(({ values }) => blocks(values, "metric_transformation"))
    .map((metric) => `${text(metric, "namespace")}/${text(metric, "name")}`);
  const fromAlarms = plan.ofType("aws_cloudwatch_metric_alarm").map(({ values }) => {
    const namespace = text(values, "namespace");
    return namespace === undefined ? undefined : `${namespace}/${text(values, "metric_name")}`;
  });
  const fromScaling = plan
    .ofType("aws_appautoscaling_policy")
    .flatMap(({ values }) => blocks(values, "target_tracking_scaling_policy_configuration"))
    .flatMap((tracking) => blocks(block(tracking, "customized_metric_specification"), "metrics"))
    .map((metric) => block(block(metric, "metric_stat"), "metric"))
    .map((metric) => `${text(metric, "namespace")}/${text(metric, "metric_name")}`);
  const all = [...fromFilters, ...fromAlarms, ...fromScaling].filter((name) => name !== undefined);
  return [...new Set(all)].filter((name) => !/^(AWS|ECS)\/|^undefined/.test(name)).sort();
}

/** The first log metric filter carries the bill of all custom metrics, so that they are counted once. */
export function priceMetricFilter(resource: Resource, { plan }: Context, bill: Ledger): void {
  const [first] = plan.ofType("aws_cloudwatch_log_metric_filter");
  if (first !== resource) return;
  const names = customMetrics(plan);
  bill.add(`${names.length} metrics of the app's own`, "cw.metric", names.length, "fixed");
}
