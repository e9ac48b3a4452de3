import { graph, numbers, type Row, section, type Widget } from "../../dashboard/widgets";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { appMetric, CONNECTIONS_WINDOW_SEC, intervalSecOf } from "./metrics";
import { type MonitoredApp } from "./props";

/** Returns the numbers for the top of the dashboard. */
export function appNumbers(app: MonitoredApp): Row {
  const { openConnections, messagesAccepted } = app.metrics;
  return [
    ...(openConnections ? [openConnectionsNumbers(app, openConnections)] : []),
    ...(messagesAccepted ? [messagesNumbers(app, messagesAccepted)] : []),
  ];
}

function openConnectionsNumbers(app: MonitoredApp, metricName: string): Widget {
  const metric = appMetric(app);
  const allTasks = {
    // Every task reports once per interval, so the sum over a window counts each connection once per interval in it.
    expression: `open * ${intervalSecOf(app)} / PERIOD(open)`,
    metrics: { open: metric(metricName, "Sum", CONNECTIONS_WINDOW_SEC) },
  };
  const series = [
    { label: "all tasks", watch: allTasks },
    { label: "fullest task", watch: metric(metricName, "Maximum") },
  ];
  return numbers({ title: "Open connections", width: 4, series });
}

function messagesNumbers(app: MonitoredApp, metricName: string): Widget {
  const perSecond = {
    expression: "accepted / PERIOD(accepted)",
    metrics: { accepted: appMetric(app)(metricName, "Sum") },
  };
  return numbers({ title: "Messages a second", width: 4, series: [{ label: "accepted", watch: perSecond }] });
}

export function appRows(app: MonitoredApp, thresholds: CompleteThresholds): Row[] {
  const metric = appMetric(app);
  const charts = [
    ["Acknowledgement in ms", app.metrics.ackLatencyMs, thresholds.ackLatencyMs],
    ["Delivery in ms", app.metrics.deliveryLatencyMs, thresholds.deliveryLatencyMs],
    ["Event loop lag in ms", app.metrics.eventLoopLagMs, thresholds.eventLoopLagMs],
  ] as const;
  const row = charts.flatMap(([title, metricName, limit]) => {
    if (metricName === undefined) return [];
    const series = [
      { label: "p99", watch: metric(metricName, "p99") },
      { label: "p50", watch: metric(metricName, "p50") },
    ];
    return [graph({ title, width: 8, series, limit })];
  });
  return row.length === 0 ? [] : [section("Latency"), row];
}
