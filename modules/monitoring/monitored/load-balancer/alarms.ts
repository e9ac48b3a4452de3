import { type AlarmSpec } from "../../alarm";
import { add } from "../../metric";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { loadBalancerMetrics, targetErrorPercent, targetMetrics, type TargetMetrics } from "./metrics";
import { type MonitoredLoadBalancer } from "./props";

/** Socket.IO's default ping interval: a long-polling request is answered at the latest then. */
const DEFAULT_HELD_SEC = 25;

const LASTING = { datapoints: 3, periods: 5 } as const;

export function loadBalancerAlarms(loadBalancer: MonitoredLoadBalancer, thresholds: CompleteThresholds): AlarmSpec[] {
  const { ownErrors, rejected } = loadBalancerMetrics(loadBalancer);
  return [
    {
      id: "load-balancer-errors",
      description:
        "The load balancer itself answers 502, 503 or 504: no healthy target, or targets that close connections. Look at the targets.",
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
      description:
        "The load balancer is at its limit and refuses connections. Look for a flood of requests; if the load is real, ask AWS Support for more capacity.",
      watch: rejected,
      comparison: ">",
      threshold: thresholds.rejectedConnectionsPerMinute,
      datapoints: 1,
      periods: 1,
      missingData: "notBreaching",
    },
    ...Object.entries(loadBalancer.targets).flatMap(([name, suffix]) =>
      targetAlarms(name, targetMetrics(loadBalancer, suffix), loadBalancer, thresholds),
    ),
  ];
}

function targetAlarms(
  name: string,
  metrics: TargetMetrics,
  { longestHeldRequestSec = DEFAULT_HELD_SEC }: MonitoredLoadBalancer,
  thresholds: CompleteThresholds,
): AlarmSpec[] {
  return [
    errorsAlarm(name, metrics, thresholds),
    unhealthyAlarm(name, metrics),
    noneHealthyAlarm(name, metrics),
    responseTimeAlarm(name, metrics, add(longestHeldRequestSec, thresholds.responseTimeSec)),
  ];
}

function errorsAlarm(name: string, metrics: TargetMetrics, thresholds: CompleteThresholds): AlarmSpec {
  return {
    id: `target-${name}-errors`,
    description: "The app answers with 5xx. Look at the last errors in its logs and at the last deployment.",
    watch: targetErrorPercent(metrics, thresholds),
    comparison: ">",
    threshold: thresholds.targetErrorPercent,
    ...LASTING,
    missingData: "notBreaching",
    userFacing: true,
  };
}

function unhealthyAlarm(name: string, { unhealthy }: TargetMetrics): AlarmSpec {
  return {
    id: `target-${name}-unhealthy`,
    description: "A task fails its health check and gets no new connections. Look at its logs; ECS replaces it.",
    watch: unhealthy,
    comparison: ">",
    threshold: 0,
    ...LASTING,
    // Without any registered target the metric is not reported; `none-healthy` covers that.
    missingData: "notBreaching",
  };
}

function noneHealthyAlarm(name: string, { healthy }: TargetMetrics): AlarmSpec {
  return {
    id: `target-${name}-none-healthy`,
    description: "No task is healthy: the service is down. Look at the service's events, then at the last deployment.",
    // The metric is a maximum: below 1, no task was healthy during the whole minute.
    watch: healthy,
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
function responseTimeAlarm(name: string, { responseTime }: TargetMetrics, thresholdSec: number): AlarmSpec {
  return {
    id: `target-${name}-response-time`,
    description:
      "One response in a hundred takes longer than a healthy long-polling request can: tasks hang. Look at the event loop and the database.",
    watch: responseTime,
    comparison: ">",
    threshold: thresholdSec,
    ...LASTING,
    missingData: "notBreaching",
  };
}
