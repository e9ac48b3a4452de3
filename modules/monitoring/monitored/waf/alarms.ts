import { type AlarmSpec } from "../../alarm";
import { graph, type Places } from "../../places";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { wafMetric } from "./metrics";
import { type MonitoredWaf } from "./props";

export function wafAlarms(
  waf: MonitoredWaf,
  topicRegion: string,
  thresholds: CompleteThresholds,
  places: Places,
): AlarmSpec[] {
  return [
    {
      id: "waf-blocked",
      wrong: "The web ACL blocks many requests: a flood, or a rule that blocks legitimate users.",
      look: [...places.blockedRequests, graph("Firewall", "Requests a minute")],
      first: "find out which rule blocks which requests; if they are legitimate, set that rule to count.",
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
