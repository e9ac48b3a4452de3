import { set } from "../mutation";
import { type RuleCase, ruleCase } from "./rule-case";
import { DISTRIBUTION } from "./subjects";

export const cloudfrontCases: readonly RuleCase[] = [
  ruleCase(
    "cloudfront-https",
    DISTRIBUTION,
    set("ordered_cache_behavior.viewer_protocol_policy", "allow-all"),
    "ordered_cache_behavior.viewer_protocol_policy",
  ),
  ruleCase(
    "cloudfront-https",
    DISTRIBUTION,
    set("default_cache_behavior.viewer_protocol_policy", "allow-all"),
    "default_cache_behavior.viewer_protocol_policy",
  ),
  ruleCase(
    "cloudfront-tls-policy",
    DISTRIBUTION,
    set("viewer_certificate.minimum_protocol_version", "TLSv1.1_2016"),
    "viewer_certificate.minimum_protocol_version",
  ),
  ruleCase("cloudfront-waf", DISTRIBUTION, set("web_acl_id", undefined), "web_acl_id"),
];
