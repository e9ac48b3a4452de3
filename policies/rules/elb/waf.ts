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
  reason: "Without a web ACL, floods and known attacks reach the tasks.",
  remedy: "Associate a web ACL, or accept requests only from a CloudFront distribution, whose web ACL then applies.",
  find: (balancer, configuration) =>
    unless(
      configuration.pointingAt(balancer, "aws_wafv2_web_acl_association", "resource_arn").length > 0 ||
        isBehindDistribution(balancer, configuration),
      "aws_wafv2_web_acl_association",
      "one for this load balancer",
      undefined,
    ),
});

/** Whether every request comes through a distribution and its web ACL: by a VPC origin, or with a secret header that only the distribution sends. */
function isBehindDistribution(balancer: Resource, configuration: Configuration): boolean {
  if (balancer.value("internal") === true) {
    return configuration.pointingAt(balancer, "aws_cloudfront_vpc_origin", "vpc_origin_endpoint_config.arn").length > 0;
  }
  return (
    configuration.pointingAt(balancer, "aws_cloudfront_distribution", "origin.domain_name").length > 0 &&
    configuration
      .pointingAt(balancer, "aws_lb_listener", "load_balancer_arn")
      .every((listener) => requiresHeader(listener, configuration))
  );
}

/** Whether the listener forwards requests only by rules that require a header. */
function requiresHeader(listener: Resource, configuration: Configuration): boolean {
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
