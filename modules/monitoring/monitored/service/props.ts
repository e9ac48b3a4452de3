import * as kind from "../../../core/kinds";

/** What monitoring needs to know about an ECS service, from this package or not. */
export interface MonitoredService {
  readonly clusterName: string;
  readonly serviceName: string;
  /**
   * Log group of its tasks, for the dashboard and for `logMetrics`.
   * @default no logs on the dashboard
   */
  readonly logGroupName?: string;
  /**
   * Whether the cluster has Container Insights, which counts running and desired tasks.
   * @default true
   */
  readonly containerInsights?: boolean;
  /**
   * Fewest tasks that should run; only used without Container Insights.
   * @default no alarm on missing tasks without Container Insights
   */
  readonly minimumTaskCount?: number;
}

export const SERVICE = kind.looseObject<MonitoredService>({
  clusterName: kind.string,
  serviceName: kind.string,
  logGroupName: kind.string,
  containerInsights: kind.boolean,
  minimumTaskCount: kind.number,
});
