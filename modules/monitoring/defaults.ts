import { type WithDefaults } from "../core/props";
import { type MonitoringProps } from "./props";

export const monitoringDefaults = {
  subscriptions: {},
  disabledAlarms: [],
  logMetrics: {},
  dashboard: true,
} as const satisfies Partial<MonitoringProps>;

export type CompleteMonitoringProps = WithDefaults<MonitoringProps, typeof monitoringDefaults>;
