import { type AlarmSpec } from "../../alarm";
import { type MetricMath, metricFactory, add } from "../../metric";
import { type CompleteThresholds } from "../../thresholds/props";
import { graph, numbers, type Row, section } from "../../dashboard/widgets";

/** What monitoring needs of an Application Load Balancer: ours, or one that exists already. */
export interface MonitoredLoadBalancer {
  /** `app/name/id`: the end of the ARN, as CloudWatch names it. */
  readonly loadBalancerArnSuffix: string;
  /** `targetgroup/name/id` of each target group, by a name for its alarms: `{ app: … }`. */
  readonly targets: Readonly<Record<string, string>>;
  /**
   * Longest that a target may hold a healthy request, in seconds: with long-polling the ping interval, without it 0.
   * @default 25 (Socket.IO's ping interval)
   */
  readonly longestHeldRequestSec?: number;
}

/** Socket.IO's default ping interval: a long-polling request is answered at the latest then. */
const DEFAULT_HELD_SEC = 25;

const NAMESPACE = "AWS/ApplicationELB";

export function loadBalancerMetrics({ loadBalancerArnSuffix }: MonitoredLoadBalancer) {
  const metric = metricFactory(NAMESPACE, { LoadBalancer: loadBalancerArnSuffix });
  return {
    requests: metric("RequestCount", "Sum"),
    ownErrors: metric("HTTPCode_ELB_5XX_Count", "Sum"),
    rejected: metric("RejectedConnectionCount", "Sum"),
    activeConnections: metric("ActiveConnectionCount", "Sum"),
    newConnections: metric("NewConnectionCount", "Sum"),
  };
}

export function targetMetrics({ loadBalancerArnSuffix }: MonitoredLoadBalancer, targetGroupArnSuffix: string) {
  const metric = metricFactory(NAMESPACE, { LoadBalancer: loadBalancerArnSuffix, TargetGroup: targetGroupArnSuffix });
  return {
    requests: metric("RequestCount", "Sum"),
    errors: metric("HTTPCode_Target_5XX_Count", "Sum"),
    healthy: metric("HealthyHostCount", "Maximum"),
    unhealthy: metric("UnHealthyHostCount", "Maximum"),
    responseTime: metric("TargetResponseTime", "p99"),
    responseTimeMedian: metric("TargetResponseTime", "p50"),
  };
}

/** Share of the answers that are errors; 0 while there are too few of them to make a percentage. */
export function targetErrorPercent(
  { errors, requests }: Pick<ReturnType<typeof targetMetrics>, "errors" | "requests">,
  { requestFloorPerMinute }: CompleteThresholds,
): MetricMath {
  const expression = `IF(requests >= ${requestFloorPerMinute}, 100 * FILL(errors, 0) / requests, 0)`;
  return { expression, metrics: { errors, requests } };
}

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
      datapoints: 3,
      periods: 5,
      // CloudWatch has no zeros for errors: silence is the good case.
      missingData: "notBreaching",
      userFacing: true,
    },
    {
      id: "load-balancer-rejected-connections",
      description:
        "The load balancer is at its limit and refuses connections. Look for a flood; tell AWS if load is real.",
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
  metrics: ReturnType<typeof targetMetrics>,
  loadBalancer: MonitoredLoadBalancer,
  thresholds: CompleteThresholds,
): AlarmSpec[] {
  const held = loadBalancer.longestHeldRequestSec ?? DEFAULT_HELD_SEC;
  return [
    {
      id: `target-${name}-errors`,
      description: "The app answers with 5xx. Look at the last errors in its logs and at the last deploy.",
      watch: targetErrorPercent(metrics, thresholds),
      comparison: ">",
      threshold: thresholds.targetErrorPercent,
      datapoints: 3,
      periods: 5,
      missingData: "notBreaching",
      userFacing: true,
    },
    {
      id: `target-${name}-unhealthy`,
      description: "A task fails its health check and gets no new connections. Look at its logs; ECS replaces it.",
      watch: metrics.unhealthy,
      comparison: ">",
      threshold: 0,
      datapoints: 3,
      periods: 5,
      // Without any registered target there is no number; that is the next alarm's case.
      missingData: "notBreaching",
    },
    {
      id: `target-${name}-none-healthy`,
      description: "No task is healthy: the service is down. Look at the service's events, then at the last deploy.",
      // Maximum: nobody was healthy in the whole minute.
      watch: metrics.healthy,
      comparison: "<",
      threshold: 1,
      datapoints: 2,
      periods: 2,
      // CloudWatch has no number when no target is registered: that is an outage.
      missingData: "breaching",
      userFacing: true,
    },
    {
      id: `target-${name}-response-time`,
      description:
        "One answer in a hundred takes longer than any healthy long-polling request: tasks hang. Look at event loop and database.",
      watch: metrics.responseTime,
      comparison: ">",
      // Held on purpose until there is news or a ping: only what is beyond that is slow.
      threshold: add(held, thresholds.responseTimeSec),
      datapoints: 3,
      periods: 5,
      missingData: "notBreaching",
    },
  ];
}

export function loadBalancerRows(loadBalancer: MonitoredLoadBalancer, thresholds: CompleteThresholds): Row[] {
  const { ownErrors, activeConnections, newConnections } = loadBalancerMetrics(loadBalancer);
  const targets = Object.entries(loadBalancer.targets).map(
    ([name, suffix]) => [name, targetMetrics(loadBalancer, suffix)] as const,
  );
  return [
    section("Load balancer"),
    [
      graph({
        title: "5xx a minute",
        width: 8,
        series: [
          { label: "load balancer", watch: ownErrors },
          ...targets.map(([name, { errors }]) => ({ label: name, watch: errors })),
        ],
        limit: thresholds.loadBalancerErrorsPerMinute,
      }),
      graph({
        title: "Targets",
        width: 8,
        series: targets.flatMap(([name, { healthy, unhealthy }]) => [
          { label: `${name} healthy`, watch: healthy },
          { label: `${name} unhealthy`, watch: unhealthy },
        ]),
      }),
      graph({
        title: "Connections",
        width: 8,
        series: [
          { label: "active", watch: activeConnections },
          { label: "new", watch: newConnections },
        ],
      }),
    ],
    [
      graph({
        title: "Requests a minute",
        width: 12,
        series: targets.map(([name, { requests }]) => ({ label: name, watch: requests })),
      }),
      graph({
        title: "Response time in seconds (long-polling holds requests on purpose)",
        width: 12,
        series: targets.flatMap(([name, { responseTime, responseTimeMedian }]) => [
          { label: `${name} p99`, watch: responseTime },
          { label: `${name} p50`, watch: responseTimeMedian },
        ]),
      }),
    ],
  ];
}

export function errorNumbers(loadBalancer: MonitoredLoadBalancer, thresholds: CompleteThresholds): Row {
  const series = Object.entries(loadBalancer.targets).map(([name, suffix]) => ({
    label: name,
    watch: targetErrorPercent(targetMetrics(loadBalancer, suffix), thresholds),
  }));
  return [numbers({ title: "Errors %", width: 4, series })];
}
