import { type Configuration } from "../../configuration";
import { unless } from "../../finders";
import { type Resource } from "../../resource";
import { Rule } from "../../rule";

export const elbWaf = new Rule({
  id: "elb-waf",
  severity: "error",
  tiers: ["production"],
  types: ["aws_lb"],
  when: ({ body }) => [undefined, "application"].includes(body["load_balancer_type"] as string | undefined),
  controls: ["ELB.16"],
  reason: "Floods and known attacks reach the tasks.",
  remedy: "Associate a web ACL; one that nobody but CloudFront gets through has the distribution's.",
  find: (balancer, configuration) =>
    unless(
      configuration.pointingAt(balancer, "aws_wafv2_web_acl_association", "resource_arn").length > 0 ||
        isBehindDistribution(balancer, configuration),
      "aws_wafv2_web_acl_association",
      "one for this load balancer",
      undefined,
    ),
});

/** Whether every request has been at a distribution, and so at its web ACL: through the VPC, or by a header that it alone knows. */
function isBehindDistribution(balancer: Resource, configuration: Configuration): boolean {
  if (balancer.value("internal") === true) {
    return configuration.pointingAt(balancer, "aws_cloudfront_vpc_origin", "vpc_origin_endpoint_config.arn").length > 0;
  }
  return (
    configuration.pointingAt(balancer, "aws_cloudfront_distribution", "origin.domain_name").length > 0 &&
    configuration
      .pointingAt(balancer, "aws_lb_listener", "load_balancer_arn")
      .every((listener) => asksForHeader(listener, configuration))
  );
}

/** Whether a listener forwards nothing of itself, and no rule of its without a header. */
function asksForHeader(listener: Resource, configuration: Configuration): boolean {
  const forwards = (resource: Resource, block: string) =>
    resource.blocks(block)?.some(({ type }) => type === "forward") ?? false;
  return (
    !forwards(listener, "default_action") &&
    configuration
      .pointingAt(listener, "aws_lb_listener_rule", "listener_arn")
      .every(
        (rule) =>
          !forwards(rule, "action") ||
          (rule.blocks("condition")?.some((condition) => "http_header" in condition) ?? true),
      )
  );
}
