import { attribute, isSet } from "../../finders";
import { Rule } from "../../rule";

export const cloudfrontWaf = new Rule({
  id: "cloudfront-waf",
  severity: "error",
  tiers: ["production"],
  types: ["aws_cloudfront_distribution"],
  controls: ["CloudFront.6"],
  reason: "Without a web ACL, floods and known attacks reach the load balancer.",
  remedy: "Set web_acl_id to a web ACL with scope CLOUDFRONT.",
  find: attribute("web_acl_id", "a web ACL", isSet),
});
