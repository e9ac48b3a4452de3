import { metricFactory, type MetricFactory } from "../../metric";
import { type MonitoredWaf } from "./props";

/** @param topicRegion region of the alarm topic, used when the web ACL names none */
export function wafMetric({ webAclMetricName, region, scope }: MonitoredWaf, topicRegion: string): MetricFactory {
  // Only regional web ACLs report a region. Source: AWS WAF developer guide, "AWS WAF core metrics and dimensions".
  const place: Record<string, string> = scope === "CLOUDFRONT" ? {} : { Region: region ?? topicRegion };
  return metricFactory("AWS/WAFV2", { WebACL: webAclMetricName, ...place, Rule: "ALL" });
}
