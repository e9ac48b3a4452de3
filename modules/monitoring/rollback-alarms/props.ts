import * as kind from "../../core/kinds";
import { APP, type MonitoredApp } from "../monitored/app/props";
import { LOAD_BALANCER, type MonitoredLoadBalancer } from "../monitored/load-balancer/props";
import { THRESHOLDS, type Thresholds } from "../thresholds/props";

export interface RollbackAlarmsProps {
  /** Stem of the alarms' names. */
  readonly name: string;
  /** The load balancer, with the target groups of the one service that is rolled back. */
  readonly loadBalancer: MonitoredLoadBalancer;
  /**
   * The app's own metrics; only `ackLatencyMs` is used.
   * @default no alarm on the app's metrics
   */
  readonly app?: MonitoredApp | undefined;
  /** Topic that is notified, for example of an `AlarmTopic`, which can be created before the service. */
  readonly alarmTopicArn: string;
  /**
   * Values at which alarms go off; only `targetErrorPercent`, `requestFloorPerMinute` and `ackLatencyMs` are used.
   * @default the defaults of Monitoring
   */
  readonly thresholds?: Thresholds | undefined;
  /**
   * URL of a page with an entry for each kind of alarm; see Monitoring.
   * @default no link
   */
  readonly runbookUrl?: string | undefined;
}

export const PROPS: kind.Shape<RollbackAlarmsProps> = {
  name: kind.string,
  loadBalancer: LOAD_BALANCER,
  app: APP,
  alarmTopicArn: kind.string,
  thresholds: THRESHOLDS,
  runbookUrl: kind.string,
};
