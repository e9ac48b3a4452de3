import { type AlarmSpec } from "../../alarm";
import { type MetricMath, metricFactory } from "../../metric";
import { type CompleteThresholds } from "../../thresholds/props";
import { graph, numbers, type Row, section } from "../../dashboard/widgets";

/** Names of the metrics that the app itself reports, for example in CloudWatch's embedded metric format; each is optional. */
export interface AppMetricNames {
  /** Gauge: sockets open on a task, zeros included. */
  readonly openConnections?: string;
  /** Count of messages that were accepted. */
  readonly messagesAccepted?: string;
  /** Milliseconds from a message's arrival to its acknowledgement. */
  readonly ackLatencyMs?: string;
  /** Milliseconds from a message's arrival until it is with its receivers. */
  readonly deliveryLatencyMs?: string;
  /** Milliseconds by which timers are late. */
  readonly eventLoopLagMs?: string;
  /** Gauge: 1 while the adapter reaches Redis, else 0. */
  readonly adapterConnected?: string;
}

/** What monitoring needs to know of the app's own metrics. */
export interface MonitoredApp {
  readonly namespace: string;
  /** The same for every task; a dimension with the task's id would make a metric of each, and a bill of it. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly metrics: AppMetricNames;
  /**
   * Seconds between two reports of a gauge by one task.
   * @default 60
   */
  readonly intervalSec?: number;
}

const DEFAULT_INTERVAL_SEC = 60;
const DROP_WINDOW_SEC = 300;

const LASTING = { datapoints: 3, periods: 5 } as const;

type Make = ReturnType<typeof metricFactory>;

function make({ namespace, dimensions }: MonitoredApp): Make {
  return metricFactory(namespace, dimensions);
}

export function appAlarms(app: MonitoredApp, thresholds: CompleteThresholds): AlarmSpec[] {
  const metric = make(app);
  const { openConnections, adapterConnected } = app.metrics;
  return [
    ...latencyAlarms(app, metric, thresholds),
    ...(openConnections ? connectionAlarms(app, openConnections, metric, thresholds) : []),
    ...(adapterConnected ? [adapterAlarm(adapterConnected, metric)] : []),
  ];
}

/** The app's own latency is what users feel; the load balancer's response time also has long-polling in it. */
export function ackLatency(app: MonitoredApp, threshold: number): AlarmSpec[] {
  const { ackLatencyMs } = app.metrics;
  if (ackLatencyMs === undefined) return [];
  return [
    {
      id: "ack-latency",
      description:
        "Messages stay grey: the server is slow to accept them. Look at database latency and the event loop.",
      watch: make(app)(ackLatencyMs, "p99"),
      comparison: ">",
      threshold,
      ...LASTING,
      // Nobody writes at night.
      missingData: "notBreaching",
      userFacing: true,
    },
  ];
}

function latencyAlarms(app: MonitoredApp, metric: Make, thresholds: CompleteThresholds): AlarmSpec[] {
  const { deliveryLatencyMs, eventLoopLagMs } = app.metrics;
  const slow = { comparison: ">", ...LASTING, missingData: "notBreaching" } as const;
  return [
    ...ackLatency(app, thresholds.ackLatencyMs),
    ...(deliveryLatencyMs
      ? [
          {
            id: "delivery-latency",
            description: "Messages reach their receivers late. Look at the cache's CPU and at the event loop.",
            watch: metric(deliveryLatencyMs, "p99"),
            threshold: thresholds.deliveryLatencyMs,
            ...slow,
          } as const,
        ]
      : []),
    ...(eventLoopLagMs
      ? [
          {
            id: "event-loop-lag",
            description:
              "A task's event loop is blocked: soon it misses pings and all its sockets drop. Look for heavy handlers.",
            watch: metric(eventLoopLagMs, "p99"),
            threshold: thresholds.eventLoopLagMs,
            ...slow,
          } as const,
        ]
      : []),
  ];
}

function connectionAlarms(
  app: MonitoredApp,
  metricName: string,
  metric: Make,
  thresholds: CompleteThresholds,
): AlarmSpec[] {
  return [
    {
      id: "open-connections",
      description: "A task holds more sockets than planned: scaling out does not keep up. Look at the maximum count.",
      watch: metric(metricName, "Maximum"),
      comparison: ">",
      threshold: thresholds.openConnectionsPerTask,
      ...LASTING,
      missingData: "notBreaching",
    },
    {
      id: "connection-drop",
      description:
        "Many clients are gone at once: a task died, a proxy cut them off, or a deploy did. Look at what just changed.",
      watch: connectionDrop(app, metricName, metric, thresholds),
      comparison: ">",
      threshold: thresholds.connectionDropPercent,
      datapoints: 1,
      periods: 1,
      // The first report of all has nothing before it; that all reports stop is the adapter's and the targets' alarm.
      missingData: "notBreaching",
    },
  ];
}

/**
 * Share of the open connections lost between two windows. Over sums, not averages: a task more halves the average and changes
 * no sum, since every task reports equally often.
 */
function connectionDrop(
  { intervalSec = DEFAULT_INTERVAL_SEC }: MonitoredApp,
  metricName: string,
  metric: Make,
  { connectionDropFloor }: CompleteThresholds,
): MetricMath {
  const floor = (connectionDropFloor * DROP_WINDOW_SEC) / intervalSec;
  return {
    expression: `IF((open - DIFF(open)) >= ${floor}, -100 * DIFF(open) / (open - DIFF(open)), 0)`,
    metrics: { open: metric(metricName, "Sum", DROP_WINDOW_SEC) },
  };
}

function adapterAlarm(metricName: string, metric: Make): AlarmSpec {
  return {
    id: "adapter-disconnected",
    description:
      "A task does not reach Redis: its users and those of other tasks do not see each other's messages. Look at the cache.",
    watch: metric(metricName, "Minimum"),
    comparison: "<",
    threshold: 1,
    datapoints: 2,
    periods: 3,
    // A gauge that every task reports each minute: silence is a fault of its own, no task or no metrics.
    missingData: "breaching",
    userFacing: true,
  };
}

export function appNumbers(app: MonitoredApp): Row {
  const metric = make(app);
  const { openConnections, messagesAccepted } = app.metrics;
  const interval = app.intervalSec ?? DEFAULT_INTERVAL_SEC;
  return [
    ...(openConnections
      ? [
          numbers({
            title: "Open connections",
            width: 4,
            series: [
              {
                label: "all tasks",
                // Every task reports once in an interval: the sum of a window, by how many intervals it has.
                watch: {
                  expression: `open * ${interval} / PERIOD(open)`,
                  metrics: { open: metric(openConnections, "Sum", DROP_WINDOW_SEC) },
                },
              },
              { label: "fullest task", watch: metric(openConnections, "Maximum") },
            ],
          }),
        ]
      : []),
    ...(messagesAccepted
      ? [
          numbers({
            title: "Messages a second",
            width: 4,
            series: [
              {
                label: "accepted",
                watch: {
                  expression: "accepted / PERIOD(accepted)",
                  metrics: { accepted: metric(messagesAccepted, "Sum") },
                },
              },
            ],
          }),
        ]
      : []),
  ];
}

export function appRows(app: MonitoredApp, thresholds: CompleteThresholds): Row[] {
  const metric = make(app);
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
