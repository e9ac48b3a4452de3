import { metricFactory, type MetricFactory } from "../../metric";
import { type MonitoredApp } from "./props";

const DEFAULT_INTERVAL_SEC = 60;

/** Seconds over which connections are summed up, to compare one window with the one before. */
export const CONNECTIONS_WINDOW_SEC = 300;

export function appMetric({ namespace, dimensions }: MonitoredApp): MetricFactory {
  return metricFactory(namespace, dimensions);
}

export function intervalSecOf({ intervalSec }: MonitoredApp): number {
  return intervalSec ?? DEFAULT_INTERVAL_SEC;
}
