import { type AlarmSpec } from "../../alarm";
import { type MetricMath } from "../../metric";
import { graph, type Places } from "../../places";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { appMetric, CONNECTIONS_WINDOW_SEC, intervalSecOf } from "./metrics";
import { type MonitoredApp } from "./props";

const LASTING = { datapoints: 3, periods: 5 } as const;

/** A latency alarm: no data is normal, because nobody writes at night. */
const SLOW = { comparison: ">", ...LASTING, missingData: "notBreaching" } as const;

export function appAlarms(app: MonitoredApp, thresholds: CompleteThresholds, places: Places): AlarmSpec[] {
  return [
    ...ackLatencyAlarm(app, thresholds.ackLatencyMs, places),
    ...deliveryLatencyAlarm(app, thresholds.deliveryLatencyMs, places),
    ...eventLoopLagAlarm(app, thresholds.eventLoopLagMs, places),
    ...connectionAlarms(app, thresholds, places),
    ...adapterAlarm(app, places),
  ];
}

/** Returns the alarm on the app's own latency, which users feel; the load balancer's response time includes long-polling. */
export function ackLatencyAlarm(app: MonitoredApp, threshold: number, places: Places): AlarmSpec[] {
  const { ackLatencyMs } = app.metrics;
  if (ackLatencyMs === undefined) return [];
  return [
    {
      id: "ack-latency",
      wrong: "Messages stay unconfirmed: the server acknowledges them slowly, and clients send them again.",
      look: [graph("Latency", "Acknowledgement in ms"), ...places.databaseLoad, ...places.taskLogs],
      first: "find out whether the database or the event loop is slow; undo the last deployment if it began with it.",
      watch: appMetric(app)(ackLatencyMs, "p99"),
      threshold,
      ...SLOW,
      userFacing: true,
    },
  ];
}

function deliveryLatencyAlarm(app: MonitoredApp, threshold: number, places: Places): AlarmSpec[] {
  const { deliveryLatencyMs } = app.metrics;
  if (!deliveryLatencyMs) return [];
  return [
    {
      id: "delivery-latency",
      wrong: "Messages reach their recipients late.",
      look: [graph("Latency", "Delivery in ms"), ...places.cacheCommands, ...places.taskLogs],
      first: "compare with the alarms of the cache and of the event loop: the slower one holds the messages up.",
      watch: appMetric(app)(deliveryLatencyMs, "p99"),
      threshold,
      ...SLOW,
    },
  ];
}

function eventLoopLagAlarm(app: MonitoredApp, threshold: number, places: Places): AlarmSpec[] {
  const { eventLoopLagMs } = app.metrics;
  if (!eventLoopLagMs) return [];
  return [
    {
      id: "event-loop-lag",
      wrong: "A task's event loop is blocked; it will soon miss pings and lose all its connections.",
      look: [graph("Latency", "Event loop lag in ms"), ...places.taskLogs],
      first: "look for a handler that computes for long, and stop the one task if only one is affected.",
      watch: appMetric(app)(eventLoopLagMs, "p99"),
      threshold,
      ...SLOW,
    },
  ];
}

function connectionAlarms(app: MonitoredApp, thresholds: CompleteThresholds, places: Places): AlarmSpec[] {
  const { openConnections } = app.metrics;
  if (!openConnections) return [];
  return [
    {
      id: "open-connections",
      wrong: "A task holds more connections than planned: scaling out does not keep up or has reached its maximum.",
      look: [graph(undefined, "Open connections"), ...places.taskEvents],
      first: "raise the maximum task count if it is reached; else find out why new tasks do not start.",
      watch: appMetric(app)(openConnections, "Maximum"),
      threshold: thresholds.openConnectionsPerTask,
      ...SLOW,
    },
    {
      id: "connection-drop",
      wrong:
        "Many clients disconnected at once: a task stopped, a proxy closed their connections, or a deployment did.",
      look: [graph(undefined, "Open connections"), ...places.taskEvents, ...places.taskLogs],
      first: "check whether they come back, and look for what changed just before.",
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

function adapterAlarm(app: MonitoredApp, places: Places): AlarmSpec[] {
  const { adapterConnected } = app.metrics;
  if (!adapterConnected) return [];
  return [
    {
      id: "adapter-disconnected",
      wrong: "A task cannot reach Redis: its users and those of other tasks do not receive each other's messages.",
      look: [...places.taskLogs, ...places.cacheCommands, ...places.taskEvents],
      first: "check whether the cache fails over or is being maintained; if only one task is affected, stop it.",
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
