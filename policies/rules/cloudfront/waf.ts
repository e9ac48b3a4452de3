import { attribute, isSet } from "../../finders";
import { Rule } from "../../rule";

export const cloudfrontWaf = new Rule({
  id: "cloudfront-waf",
  severity: "error",
  tiers: ["production"],
  types: ["aws_cloudfront_distribution"],
  controls: ["CloudFront.6"],
  reason: "Floods and known attacks reach the load balancer.",
  remedy: "Set web_acl_id to a web ACL of the scope CLOUDFRONT.",
  find: attribute("web_acl_id", "a web ACL", isSet),
});
