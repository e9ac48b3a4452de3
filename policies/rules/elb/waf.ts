import { unless } from "../../finders";
import { Rule } from "../../rule";

export const elbWaf = new Rule({
  id: "elb-waf",
  severity: "error",
  tiers: ["production"],
  types: ["aws_lb"],
  when: ({ body }) => [undefined, "application"].includes(body["load_balancer_type"] as string | undefined),
  controls: ["ELB.16"],
  reason: "Floods and known attacks reach the tasks.",
  remedy: "Associate a web ACL; an internal one behind CloudFront has the distribution's.",
  find: (balancer, configuration) =>
    unless(
      configuration.pointingAt(balancer, "aws_wafv2_web_acl_association", "resource_arn").length > 0 ||
        (balancer.value("internal") === true &&
          configuration.pointingAt(balancer, "aws_cloudfront_vpc_origin", "vpc_origin_endpoint_config.arn").length > 0),
      "aws_wafv2_web_acl_association",
      "one for this load balancer",
      undefined,
    ),
});
