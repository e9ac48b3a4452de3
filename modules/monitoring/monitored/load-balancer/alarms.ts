import { type AlarmSpec } from "../../alarm";
import { add } from "../../metric";
import { graph, type Places, targetHealth } from "../../places";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { loadBalancerMetrics, targetErrorPercent, targetMetrics, type TargetMetrics } from "./metrics";
import { type MonitoredLoadBalancer } from "./props";

/** Socket.IO's default ping interval: a long-polling request is answered at the latest then. */
const DEFAULT_HELD_SEC = 25;

const LASTING = { datapoints: 3, periods: 5 } as const;

export function loadBalancerAlarms(
  loadBalancer: MonitoredLoadBalancer,
  thresholds: CompleteThresholds,
  places: Places,
): AlarmSpec[] {
  const { ownErrors, rejected } = loadBalancerMetrics(loadBalancer);
  return [
    {
      id: "load-balancer-errors",
      wrong: "The load balancer itself answers 502, 503 or 504: no healthy target, or targets that close connections.",
      look: [graph("Load balancer", "Targets"), ...places.taskEvents, ...places.taskLogs],
      first: "check how many targets are healthy; with none, undo the last deployment.",
      watch: ownErrors,
      comparison: ">",
      threshold: thresholds.loadBalancerErrorsPerMinute,
      ...LASTING,
      // CloudWatch reports no zeros for errors, so no data is the good case.
      missingData: "notBreaching",
      userFacing: true,
    },
    {
      id: "load-balancer-rejected-connections",
      wrong: "The load balancer is at its limit and refuses connections.",
      look: [graph("Load balancer", "Connections"), ...places.blockedRequests],
      first:
        "look for a flood of requests and block its source; if the load is real, ask AWS Support for more capacity.",
      watch: rejected,
      comparison: ">",
      threshold: thresholds.rejectedConnectionsPerMinute,
      datapoints: 1,
      periods: 1,
      missingData: "notBreaching",
    },
    ...Object.entries(loadBalancer.targets).flatMap(([name, suffix]) =>
      targetAlarms({ name, suffix, metrics: targetMetrics(loadBalancer, suffix) }, loadBalancer, thresholds, places),
    ),
  ];
}

interface Target {
  readonly name: string;
  readonly suffix: string;
  readonly metrics: TargetMetrics;
}

function targetAlarms(
  target: Target,
  { longestHeldRequestSec = DEFAULT_HELD_SEC }: MonitoredLoadBalancer,
  thresholds: CompleteThresholds,
  places: Places,
): AlarmSpec[] {
  return [
    errorsAlarm(target, thresholds, places),
    unhealthyAlarm(target, places),
    noneHealthyAlarm(target, places),
    responseTimeAlarm(target, add(longestHeldRequestSec, thresholds.responseTimeSec), places),
  ];
}

function errorsAlarm({ name, metrics }: Target, thresholds: CompleteThresholds, places: Places): AlarmSpec {
  return {
    id: `target-${name}-errors`,
    entry: "target-errors",
    wrong: "The app answers with 5xx.",
    look: [...places.taskLogs, graph("Load balancer", "5xx a minute")],
    first: "read the last errors; undo the last deployment if they began with it.",
    watch: targetErrorPercent(metrics, thresholds),
    comparison: ">",
    threshold: thresholds.targetErrorPercent,
    ...LASTING,
    missingData: "notBreaching",
    userFacing: true,
  };
}

function unhealthyAlarm({ name, suffix, metrics }: Target, places: Places): AlarmSpec {
  return {
    id: `target-${name}-unhealthy`,
    entry: "target-unhealthy",
    wrong: "A task fails its health check and gets no new connections; ECS replaces it.",
    look: [targetHealth(suffix), ...places.taskLogs, ...places.taskEvents],
    first: "find out why the task fails; if new ones fail as well, undo the last deployment.",
    watch: metrics.unhealthy,
    comparison: ">",
    threshold: 0,
    ...LASTING,
    // Without any registered target the metric is not reported; `none-healthy` covers that.
    missingData: "notBreaching",
  };
}

function noneHealthyAlarm({ name, suffix, metrics }: Target, places: Places): AlarmSpec {
  return {
    id: `target-${name}-none-healthy`,
    entry: "target-none-healthy",
    wrong: "No task is healthy: the service is down.",
    look: [targetHealth(suffix), ...places.taskEvents, ...places.taskLogs],
    first: "undo the last deployment; if there was none, find out why tasks stop.",
    // The metric is a maximum: below 1, no task was healthy during the whole minute.
    watch: metrics.healthy,
    comparison: "<",
    threshold: 1,
    datapoints: 2,
    periods: 2,
    // CloudWatch reports nothing when no target is registered: that is an outage.
    missingData: "breaching",
    userFacing: true,
  };
}

/** @param thresholdSec a long-polling request is held on purpose until there is an event or a ping; only what exceeds that is slow */
function responseTimeAlarm({ name, metrics }: Target, thresholdSec: number, places: Places): AlarmSpec {
  return {
    id: `target-${name}-response-time`,
    entry: "target-response-time",
    wrong: "One response in a hundred takes longer than a healthy long-polling request can: tasks hang.",
    look: [
      graph("Load balancer", "Response time in seconds (long-polling holds requests on purpose)"),
      ...places.databaseLoad,
      ...places.taskLogs,
    ],
    first: "find out whether the event loop or the database is slow.",
    watch: metrics.responseTime,
    comparison: ">",
    threshold: thresholdSec,
    ...LASTING,
    missingData: "notBreaching",
  };
}
