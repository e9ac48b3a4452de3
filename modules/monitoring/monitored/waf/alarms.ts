import { type AlarmSpec } from "../../alarm";
import { metricFactory } from "../../metric";
import { type CompleteThresholds } from "../../thresholds/props";
import { graph, type Row, section } from "../../dashboard/widgets";

/** What monitoring needs of a regional web ACL. One for CloudFront reports in us-east-1, where its alarms have to be too. */
export interface MonitoredWaf {
  /** Metric name of the web ACL (`visibility_config.metric_name`). */
  readonly webAclMetricName: string;
  /**
   * Its region.
   * @default that of the alarm topic
   */
  readonly region?: string;
}

function metrics({ webAclMetricName }: MonitoredWaf, region: string) {
  return metricFactory("AWS/WAFV2", { WebACL: webAclMetricName, Region: region, Rule: "ALL" });
}

export function wafAlarms(waf: MonitoredWaf, region: string, thresholds: CompleteThresholds): AlarmSpec[] {
  return [
    {
      id: "waf-blocked",
      description:
        "The firewall blocks many requests: a flood, or a rule that shuts out our users. Look at the sampled requests.",
      watch: metrics(waf, region)("BlockedRequests", "Sum"),
      comparison: ">",
      threshold: thresholds.wafBlockedPerMinute,
      datapoints: 3,
      periods: 5,
      // Nothing blocked is no number.
      missingData: "notBreaching",
    },
  ];
}

export function wafRows(waf: MonitoredWaf, region: string, thresholds: CompleteThresholds): Row[] {
  const metric = metrics(waf, region);
  return [
    section("Firewall"),
    [
      graph({
        title: "Requests a minute",
        width: 24,
        series: [
          { label: "allowed", watch: metric("AllowedRequests", "Sum") },
          { label: "blocked", watch: metric("BlockedRequests", "Sum") },
          { label: "counted", watch: metric("CountedRequests", "Sum") },
        ],
        limit: thresholds.wafBlockedPerMinute,
      }),
    ],
  ];
}
