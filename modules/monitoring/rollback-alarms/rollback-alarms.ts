import { type CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { Checks } from "../../core/checks";
import * as kind from "../../core/kinds";
import { readProps } from "../../core/props";
import { type AlarmSpec, createAlarm } from "../alarm";
import { ackLatency, type MonitoredApp } from "../monitored/app/alarms";
import { type MonitoredLoadBalancer, targetErrorPercent, targetMetrics } from "../monitored/load-balancer/alarms";
import { multiply } from "../metric";
import { MONITORED } from "../monitored/props";
import { type CompleteThresholds, completeThresholds, THRESHOLDS, type Thresholds } from "../thresholds/props";
import { validateRollbackAlarms } from "../validation/monitoring";

export interface RollbackAlarmsProps {
  /** Stem of the alarms' names. */
  readonly name: string;
  /** The load balancer, with the target groups of the one service that is rolled back. */
  readonly loadBalancer: MonitoredLoadBalancer;
  /**
   * The app's own metrics; only `ackLatencyMs` is watched.
   * @default not watched
   */
  readonly app?: MonitoredApp;
  /** Topic that hears of it: an `AlarmTopic`'s, which can be made before the service. */
  readonly alarmTopicArn: string;
  /**
   * Where alarms go off; `targetErrorPercent`, `requestFloorPerMinute` and `ackLatencyMs` are read.
   * @default those of Monitoring
   */
  readonly thresholds?: Thresholds;
  /**
   * Page whose headings are the alarms' ids.
   * @default no link
   */
  readonly runbookUrl?: string;
}

const PROPS: kind.Shape<RollbackAlarmsProps> = {
  name: kind.string,
  loadBalancer: MONITORED.loadBalancer,
  app: MONITORED.app,
  alarmTopicArn: kind.string,
  thresholds: THRESHOLDS,
  runbookUrl: kind.string,
};

/** Three minutes without a break: a deploy ends before it is noticed otherwise, and one slow minute is no reason to undo it. */
const QUICK = { datapoints: 3, periods: 3 } as const;

/** A deploy makes every client reconnect: what is slow then is not yet a fault of the release. */
const DEPLOY_ALLOWANCE = 2;

/**
 * Alarms at which ECS undoes a deployment. They watch the load balancer and the app's metrics but never the service, so that
 * they can be made before it and named in it: no cycle arises. Take them apart from the alarms of Monitoring: an alarm that is
 * on when a deployment starts is not watched during it, and these are quick both ways.
 */
export class RollbackAlarms extends Construct {
  /** For the service's `deployment_configuration`; each is known only when its alarm is there. */
  readonly alarmNames: readonly string[];
  readonly alarms: Readonly<Record<string, CloudwatchMetricAlarm>>;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: RollbackAlarmsProps) {
    super(scope, id);
    const checks = new Checks(this);
    const complete = readProps(checks, props, PROPS, {});
    const thresholds = completeThresholds(complete.thresholds);
    validateRollbackAlarms(checks, complete, thresholds);

    const settings = { ...complete, topicArns: [complete.alarmTopicArn] };
    this.alarms = Object.fromEntries(
      rollbackSpecs(complete, thresholds).map((spec) => [spec.id, createAlarm(this, spec, settings)]),
    );
    this.alarmNames = Object.values(this.alarms).map((alarm) => alarm.alarmName);
  }
}

function rollbackSpecs({ loadBalancer, app }: RollbackAlarmsProps, thresholds: CompleteThresholds): AlarmSpec[] {
  const latency = app ? ackLatency(app, multiply(thresholds.ackLatencyMs, DEPLOY_ALLOWANCE)) : [];
  return [
    ...Object.entries(loadBalancer.targets).flatMap(([name, suffix]): AlarmSpec[] => {
      const metrics = targetMetrics(loadBalancer, suffix);
      return [
        {
          id: `rollback-target-${name}-errors`,
          description: "The app answers with 5xx; a deployment that is under way is rolled back.",
          watch: targetErrorPercent(metrics, thresholds),
          comparison: ">",
          threshold: thresholds.targetErrorPercent,
          missingData: "notBreaching",
          ...QUICK,
        },
        {
          id: `rollback-target-${name}-unhealthy`,
          description: "A task fails its health check; a deployment that is under way is rolled back.",
          watch: metrics.unhealthy,
          comparison: ">",
          threshold: 0,
          // Before the first deployment there is no target: that must not stop it.
          missingData: "notBreaching",
          ...QUICK,
        },
      ];
    }),
    ...latency.map((spec) => ({ ...spec, id: `rollback-${spec.id}`, ...QUICK })),
  ];
}
