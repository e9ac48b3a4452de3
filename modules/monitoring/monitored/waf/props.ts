import * as kind from "../../../core/kinds";

/** What monitoring needs to know about a regional web ACL. A web ACL for CloudFront reports in us-east-1, where its alarms must be. */
export interface MonitoredWaf {
  /** Metric name of the web ACL (`visibility_config.metric_name`). */
  readonly webAclMetricName: string;
  /**
   * Region of the web ACL.
   * @default the region of the alarm topic
   */
  readonly region?: string;
}

export const WAF = kind.looseObject<MonitoredWaf>({ webAclMetricName: kind.string, region: kind.string });
