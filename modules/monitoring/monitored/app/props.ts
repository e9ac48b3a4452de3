import * as kind from "../../../core/kinds";

/** Names of the metrics that the app reports, for example in CloudWatch's embedded metric format; each is optional. */
export interface AppMetricNames {
  /** Gauge: connections open on a task, zero included. */
  readonly openConnections?: string | undefined;
  /** Count of accepted messages. */
  readonly messagesAccepted?: string | undefined;
  /** Milliseconds from a message's arrival to its acknowledgement. */
  readonly ackLatencyMs?: string | undefined;
  /** Milliseconds from a message's arrival to its delivery to the recipients. */
  readonly deliveryLatencyMs?: string | undefined;
  /** Milliseconds by which timers run late. */
  readonly eventLoopLagMs?: string | undefined;
  /** Gauge: 1 while the adapter reaches Redis, else 0. */
  readonly adapterConnected?: string | undefined;
}

/** What monitoring needs to know about the app's own metrics. */
export interface MonitoredApp {
  readonly namespace: string;
  /** Dimensions that all tasks share. A dimension with the task's id would create, and bill, a metric for each task. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly metrics: AppMetricNames;
  /**
   * Seconds between two reports of a gauge by one task, a literal from 1 to 300.
   * @default 60
   */
  readonly intervalSec?: number | undefined;
  /**
   * Connections that a task opens to one node of the cache at most, a literal.
   * @default not known: the alarm on the cache's connections compares a fixed number
   */
  readonly cacheConnectionsPerTask?: number | undefined;
}

export const APP = kind.looseObject<MonitoredApp>({
  namespace: kind.string,
  dimensions: kind.record(kind.string),
  // Validation checks the keys, because it can explain what to do about other metrics.
  metrics: kind.record(kind.string) as kind.Kind<AppMetricNames>,
  intervalSec: kind.number,
  cacheConnectionsPerTask: kind.number,
});
