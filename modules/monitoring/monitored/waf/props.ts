import * as kind from "../../../core/kinds";

const SCOPES = ["REGIONAL", "CLOUDFRONT"] as const;

/** What monitoring needs to know about a web ACL, from this package or not. */
export interface MonitoredWaf {
  /** Metric name of the web ACL (`visibility_config.metric_name`). */
  readonly webAclMetricName: string;
  /**
   * Region of the web ACL.
   * @default the region of the alarm topic
   */
  readonly region?: string | undefined;
  /**
   * `CLOUDFRONT` for the web ACL of a distribution, which reports in us-east-1: the topic and the provider must be of that region.
   * @default "REGIONAL"
   */
  readonly scope?: (typeof SCOPES)[number] | undefined;
  /**
   * Log group of the requests that it blocks.
   * @default none: the alarm does not name it
   */
  readonly logGroupName?: string | undefined;
}

export const WAF = kind.looseObject<MonitoredWaf>({
  webAclMetricName: kind.string,
  region: kind.string,
  scope: kind.literalOneOf(SCOPES, "It is the scope of the web ACL."),
  logGroupName: kind.string,
});
