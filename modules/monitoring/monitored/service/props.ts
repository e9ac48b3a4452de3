import * as kind from "../../../core/kinds";

/** What monitoring needs to know about an ECS service, from this package or not. */
export interface MonitoredService {
  readonly clusterName: string;
  readonly serviceName: string;
  /**
   * Log group of its tasks, for the dashboard and for `logMetrics`.
   * @default no logs on the dashboard
   */
  readonly logGroupName?: string | undefined;
  /**
   * Whether the cluster has Container Insights, which counts running and desired tasks.
   * @default true
   */
  readonly containerInsights?: boolean | undefined;
  /**
   * Fewest tasks that should run; only used without Container Insights.
   * @default no alarm on missing tasks without Container Insights
   */
  readonly minCount?: number | undefined;
  /**
   * Most tasks that the autoscaler starts; with `app.cacheConnectionsPerTask`, the cache's connections are compared with it.
   * @default not known: the alarm compares a fixed number
   */
  readonly maxCount?: number | undefined;
  /**
   * Most tasks during a deployment, in percent of the desired count, a literal.
   * @default 200
   */
  readonly maximumPercent?: number | undefined;
  /**
   * Open connections per task that the autoscaler keeps.
   * @default not known: the alarm compares a fixed number
   */
  readonly connectionsPerTask?: number | undefined;
  /**
   * Mean CPU that the autoscaler keeps, in percent.
   * @default not known: the alarm compares a fixed percentage
   */
  readonly targetCpuPercent?: number | undefined;
  /**
   * Mean memory that the autoscaler keeps, in percent.
   * @default not known: the alarm compares a fixed percentage
   */
  readonly targetMemoryPercent?: number | undefined;
}

export const SERVICE = kind.looseObject<MonitoredService>({
  clusterName: kind.string,
  serviceName: kind.string,
  logGroupName: kind.string,
  containerInsights: kind.boolean,
  minCount: kind.number,
  maxCount: kind.number,
  maximumPercent: kind.number,
  connectionsPerTask: kind.number,
  targetCpuPercent: kind.number,
  targetMemoryPercent: kind.number,
});
