import { type AlarmSpec } from "../../alarm";
import { type MetricMath } from "../../metric";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { appMetric, CONNECTIONS_WINDOW_SEC, intervalSecOf } from "./metrics";
import { type MonitoredApp } from "./props";

const LASTING = { datapoints: 3, periods: 5 } as const;

/** A latency alarm: no data is normal, because nobody writes at night. */
const SLOW = { comparison: ">", ...LASTING, missingData: "notBreaching" } as const;

export function appAlarms(app: MonitoredApp, thresholds: CompleteThresholds): AlarmSpec[] {
  return [
    ...ackLatencyAlarm(app, thresholds.ackLatencyMs),
    ...deliveryLatencyAlarm(app, thresholds.deliveryLatencyMs),
    ...eventLoopLagAlarm(app, thresholds.eventLoopLagMs),
    ...connectionAlarms(app, thresholds),
    ...adapterAlarm(app),
  ];
}

/** Returns the alarm on the app's own latency, which users feel; the load balancer's response time includes long-polling. */
export function ackLatencyAlarm(app: MonitoredApp, threshold: number): AlarmSpec[] {
  const { ackLatencyMs } = app.metrics;
  if (ackLatencyMs === undefined) return [];
  return [
    {
      id: "ack-latency",
      description:
        "Messages stay unconfirmed: the server acknowledges them slowly. Look at database latency and the event loop.",
      watch: appMetric(app)(ackLatencyMs, "p99"),
      threshold,
      ...SLOW,
      userFacing: true,
    },
  ];
}

function deliveryLatencyAlarm(app: MonitoredApp, threshold: number): AlarmSpec[] {
  const { deliveryLatencyMs } = app.metrics;
  if (!deliveryLatencyMs) return [];
  return [
    {
      id: "delivery-latency",
      description: "Messages reach their recipients late. Look at the cache's CPU and at the event loop.",
      watch: appMetric(app)(deliveryLatencyMs, "p99"),
      threshold,
      ...SLOW,
    },
  ];
}

function eventLoopLagAlarm(app: MonitoredApp, threshold: number): AlarmSpec[] {
  const { eventLoopLagMs } = app.metrics;
  if (!eventLoopLagMs) return [];
  return [
    {
      id: "event-loop-lag",
      description:
        "A task's event loop is blocked; it will soon miss pings and lose all its connections. Look for slow handlers.",
      watch: appMetric(app)(eventLoopLagMs, "p99"),
      threshold,
      ...SLOW,
    },
  ];
}

function connectionAlarms(app: MonitoredApp, thresholds: CompleteThresholds): AlarmSpec[] {
  const { openConnections } = app.metrics;
  if (!openConnections) return [];
  return [
    {
      id: "open-connections",
      description:
        "A task holds more connections than planned: scaling out does not keep up. Check the service's maximum task count.",
      watch: appMetric(app)(openConnections, "Maximum"),
      threshold: thresholds.openConnectionsPerTask,
      ...SLOW,
    },
    {
      id: "connection-drop",
      description:
        "Many clients disconnected at once: a task stopped, a proxy closed their connections, or a deployment did. Look at what changed just before.",
      watch: lostConnectionsPercent(app, openConnections, thresholds),
      comparison: ">",
      threshold: thresholds.connectionDropPercent,
      datapoints: 1,
      periods: 1,
      // The very first report has no predecessor. When all reports stop, the alarms on the adapter and the targets go off.
      missingData: "notBreaching",
    },
  ];
}

/**
 * Returns the percentage of open connections lost between two windows. It compares sums, not averages: an additional task lowers the
 * average but not the sum, because every task reports equally often.
 */
function lostConnectionsPercent(
  app: MonitoredApp,
  metricName: string,
  { connectionDropFloor }: CompleteThresholds,
): MetricMath {
  const floor = (connectionDropFloor * CONNECTIONS_WINDOW_SEC) / intervalSecOf(app);
  return {
    expression: `IF((open - DIFF(open)) >= ${floor}, -100 * DIFF(open) / (open - DIFF(open)), 0)`,
    metrics: { open: appMetric(app)(metricName, "Sum", CONNECTIONS_WINDOW_SEC) },
  };
}

function adapterAlarm(app: MonitoredApp): AlarmSpec[] {
  const { adapterConnected } = app.metrics;
  if (!adapterConnected) return [];
  return [
    {
      id: "adapter-disconnected",
      description:
        "A task cannot reach Redis: its users and those of other tasks do not receive each other's messages. Look at the cache.",
      watch: appMetric(app)(adapterConnected, "Minimum"),
      comparison: "<",
      threshold: 1,
      datapoints: 2,
      periods: 3,
      // Every task reports this gauge each minute, so no data means that no task runs or reports.
      missingData: "breaching",
      userFacing: true,
    },
  ];
}
