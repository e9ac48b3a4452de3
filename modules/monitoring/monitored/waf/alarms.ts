import { type AlarmSpec } from "../../alarm";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { wafMetric } from "./metrics";
import { type MonitoredWaf } from "./props";

export function wafAlarms(waf: MonitoredWaf, topicRegion: string, thresholds: CompleteThresholds): AlarmSpec[] {
  return [
    {
      id: "waf-blocked",
      description:
        "The web ACL blocks many requests: a flood, or a rule that blocks legitimate users. Look at the sampled requests.",
      watch: wafMetric(waf, topicRegion)("BlockedRequests", "Sum"),
      comparison: ">",
      threshold: thresholds.wafBlockedPerMinute,
      datapoints: 3,
      periods: 5,
      // The metric is not reported while nothing is blocked.
      missingData: "notBreaching",
    },
  ];
}
