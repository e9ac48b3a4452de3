import { metricFactory, type MetricFactory } from "../../metric";
import { type MonitoredWaf } from "./props";

/** @param topicRegion region of the alarm topic, used when the web ACL names none */
export function wafMetric({ webAclMetricName, region }: MonitoredWaf, topicRegion: string): MetricFactory {
  return metricFactory("AWS/WAFV2", { WebACL: webAclMetricName, Region: region ?? topicRegion, Rule: "ALL" });
}
