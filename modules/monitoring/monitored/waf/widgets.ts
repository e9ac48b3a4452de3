import { graph, type Row, section } from "../../dashboard/widgets";
import { type CompleteThresholds } from "../../thresholds/defaults";
import { wafMetric } from "./metrics";
import { type MonitoredWaf } from "./props";

export function wafRows(waf: MonitoredWaf, topicRegion: string, thresholds: CompleteThresholds): Row[] {
  const metric = wafMetric(waf, topicRegion);
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
