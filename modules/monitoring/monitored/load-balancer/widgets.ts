import { graph, numbers, type Row, section, type Widget } from "../../dashboard/widgets";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { loadBalancerMetrics, targetErrorPercent, targetMetrics, type TargetMetrics } from "./metrics";
import { type MonitoredLoadBalancer } from "./props";

interface NamedTarget {
  readonly name: string;
  readonly metrics: TargetMetrics;
}

export function loadBalancerRows(loadBalancer: MonitoredLoadBalancer, thresholds: CompleteThresholds): Row[] {
  const targets = targetsOf(loadBalancer);
  const { activeConnections, newConnections } = loadBalancerMetrics(loadBalancer);
  const connections = [
    { label: "active", watch: activeConnections },
    { label: "new", watch: newConnections },
  ];
  return [
    section("Load balancer"),
    [
      errorsGraph(loadBalancer, targets, thresholds),
      healthGraph(targets),
      graph({ title: "Connections", width: 8, series: connections }),
    ],
    [requestsGraph(targets), responseTimeGraph(targets)],
  ];
}

function targetsOf(loadBalancer: MonitoredLoadBalancer): NamedTarget[] {
  return Object.entries(loadBalancer.targets).map(([name, suffix]) => ({
    name,
    metrics: targetMetrics(loadBalancer, suffix),
  }));
}

function errorsGraph(
  loadBalancer: MonitoredLoadBalancer,
  targets: readonly NamedTarget[],
  thresholds: CompleteThresholds,
): Widget {
  return graph({
    title: "5xx a minute",
    width: 8,
    series: [
      { label: "load balancer", watch: loadBalancerMetrics(loadBalancer).ownErrors },
      ...targets.map(({ name, metrics }) => ({ label: name, watch: metrics.errors })),
    ],
    limit: thresholds.loadBalancerErrorsPerMinute,
  });
}

function healthGraph(targets: readonly NamedTarget[]): Widget {
  const series = targets.flatMap(({ name, metrics: { healthy, unhealthy } }) => [
    { label: `${name} healthy`, watch: healthy },
    { label: `${name} unhealthy`, watch: unhealthy },
  ]);
  return graph({ title: "Targets", width: 8, series });
}

function requestsGraph(targets: readonly NamedTarget[]): Widget {
  const series = targets.map(({ name, metrics }) => ({ label: name, watch: metrics.requests }));
  return graph({ title: "Requests a minute", width: 12, series });
}

function responseTimeGraph(targets: readonly NamedTarget[]): Widget {
  return graph({
    title: "Response time in seconds (long-polling holds requests on purpose)",
    width: 12,
    series: targets.flatMap(({ name, metrics: { responseTime, responseTimeMedian } }) => [
      { label: `${name} p99`, watch: responseTime },
      { label: `${name} p50`, watch: responseTimeMedian },
    ]),
  });
}

/** Returns the numbers for the top of the dashboard. */
export function errorNumbers(loadBalancer: MonitoredLoadBalancer, thresholds: CompleteThresholds): Row {
  const series = targetsOf(loadBalancer).map(({ name, metrics }) => ({
    label: name,
    watch: targetErrorPercent(metrics, thresholds),
  }));
  return [numbers({ title: "Errors %", width: 4, series })];
}
