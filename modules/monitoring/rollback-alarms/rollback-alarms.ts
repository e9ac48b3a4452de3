import { type CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { Checks } from "../../core/checks";
import { readProps } from "../../core/props";
import { type AlarmSpec, createAlarm } from "../alarm";
import { multiply } from "../metric";
import { ackLatencyAlarm } from "../monitored/app/alarms";
import { targetErrorPercent, targetMetrics } from "../monitored/load-balancer/metrics";
import { placesOf, targetHealth } from "../places";
import { type CompleteThresholds, completeThresholds } from "../thresholds/defaults";
import { validateRollbackAlarms } from "../validation/rollback-alarms";
import { PROPS, type RollbackAlarmsProps } from "./props";

/** Three consecutive minutes: slower alarms would miss a deployment, and one slow minute is no reason to roll back. */
const QUICK = { datapoints: 3, periods: 3 } as const;

/** Factor on the latency threshold: every client reconnects during a deployment, and that load is not the release's fault. */
const DEPLOY_ALLOWANCE = 2;

const FIRST =
  "if a deployment is in progress, leave it: ECS rolls it back; then find out what the new release does differently.";

/**
 * Creates the alarms at which ECS rolls a deployment back. They use metrics of the load balancer and the app but not of the service,
 * so they can be created before the service, which names them. They are separate from the alarms of Monitoring because ECS ignores an
 * alarm that is on when a deployment starts, and these return to OK quickly.
 */
export class RollbackAlarms extends Construct {
  /** For the service's `deployment_configuration`; each name is known only after its alarm exists. */
  readonly alarmNames: readonly string[];
  readonly alarms: Readonly<Record<string, CloudwatchMetricAlarm>>;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: RollbackAlarmsProps) {
    super(scope, id);
    const checks = new Checks(this);
    const complete = readProps(checks, props, PROPS, {});
    const thresholds = completeThresholds(complete.thresholds);
    validateRollbackAlarms(checks, complete, thresholds);

    // A service's deployments refer to an alarm until the service has been updated.
    const settings = { ...complete, topicArns: [complete.alarmTopicArn], createBeforeDestroy: true };
    this.alarms = Object.fromEntries(
      rollbackAlarmSpecs(complete, thresholds).map((spec) => [spec.id, createAlarm(this, spec, settings)]),
    );
    this.alarmNames = Object.values(this.alarms).map((alarm) => alarm.alarmName);
  }
}

function rollbackAlarmSpecs({ loadBalancer, app }: RollbackAlarmsProps, thresholds: CompleteThresholds): AlarmSpec[] {
  const places = placesOf({ loadBalancer, ...(app ? { app } : {}) });
  const look = Object.values(loadBalancer.targets).map(targetHealth);
  const latency = app ? ackLatencyAlarm(app, multiply(thresholds.ackLatencyMs, DEPLOY_ALLOWANCE), places) : [];
  return [
    ...Object.entries(loadBalancer.targets).flatMap(([name, suffix]): AlarmSpec[] => {
      const metrics = targetMetrics(loadBalancer, suffix);
      return [
        {
          id: `rollback-target-${name}-errors`,
          entry: "rollback-target-errors",
          wrong: "The app answers with 5xx; a deployment in progress is rolled back.",
          look: [targetHealth(suffix)],
          first: FIRST,
          watch: targetErrorPercent(metrics, thresholds),
          comparison: ">",
          threshold: thresholds.targetErrorPercent,
          missingData: "notBreaching",
          ...QUICK,
        },
        {
          id: `rollback-target-${name}-unhealthy`,
          entry: "rollback-target-unhealthy",
          wrong: "A task fails its health check; a deployment in progress is rolled back.",
          look: [targetHealth(suffix)],
          first: FIRST,
          watch: metrics.unhealthy,
          comparison: ">",
          threshold: 0,
          // Before the first deployment there is no target, which must not block it.
          missingData: "notBreaching",
          ...QUICK,
        },
      ];
    }),
    ...latency.map((spec) => ({ ...spec, id: `rollback-${spec.id}`, look, first: FIRST, ...QUICK })),
  ];
}
