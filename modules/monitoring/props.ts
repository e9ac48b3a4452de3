import { type TerraformProvider } from "cdktf";
import * as kind from "../core/kinds";
import { type Subscription, SUBSCRIPTIONS } from "./alarm-topic/props";
import { LOG_METRIC, type LogMetric } from "./log-metric";
import { MONITORED, type Monitored } from "./monitored/props";
import { THRESHOLDS, type Thresholds } from "./thresholds/props";

export interface MonitoringProps extends Monitored {
  /** Stem of all names, for example `messenger-crm-prod`. */
  readonly name: string;
  /**
   * Values at which alarms go off.
   * @default see the README and, for the reason of each, `thresholds/defaults.ts`
   */
  readonly thresholds?: Thresholds | undefined;
  /**
   * Ids of alarms not to create: `["cache-evictions"]`.
   * @default none
   */
  readonly disabledAlarms?: readonly string[] | undefined;
  /**
   * Metrics that count log lines, by metric name; $0.30 per metric and month.
   * @default none
   */
  readonly logMetrics?: Readonly<Record<string, LogMetric>> | undefined;
  /**
   * ARN of an existing topic. It must allow CloudWatch (and, with a service or a database, EventBridge) to publish.
   * @default a new topic
   */
  readonly alarmTopicArn?: string | undefined;
  /**
   * Topic for the composite alarm `service-unhealthy`, for a pager; all other alarms use the ordinary topic.
   * @default the ordinary topic
   */
  readonly urgentTopicArn?: string | undefined;
  /**
   * Receivers of alarms, by a name of your own; only for a new topic.
   * @default none, with a warning
   */
  readonly subscriptions?: Readonly<Record<string, Subscription>> | undefined;
  /**
   * Customer managed key for a new topic; its policy must allow CloudWatch and EventBridge to use it.
   * @default no encryption beyond that of SNS's own storage
   */
  readonly kmsKeyArn?: string | undefined;
  /**
   * URL of a page with an entry for each kind of alarm, such as a copy of this repository's `docs/runbooks/alarms.md`. Every alarm links to
   * its entry, and the dashboard to the page.
   * @default no link
   */
  readonly runbookUrl?: string | undefined;
  /**
   * Whether to create the dashboard; $3 a month beyond three in the account.
   * @default true
   */
  readonly dashboard?: boolean | undefined;
  /**
   * Provider of another region: us-east-1 for a distribution and its web ACL.
   * @default the stack's provider
   */
  readonly provider?: TerraformProvider | undefined;
}

export const PROPS: kind.Shape<MonitoringProps> = {
  name: kind.string,
  ...MONITORED,
  thresholds: THRESHOLDS,
  disabledAlarms: kind.array(kind.string),
  logMetrics: kind.record(LOG_METRIC),
  alarmTopicArn: kind.string,
  urgentTopicArn: kind.string,
  subscriptions: SUBSCRIPTIONS,
  kmsKeyArn: kind.string,
  runbookUrl: kind.string,
  dashboard: kind.boolean,
  provider: kind.unknown,
};
