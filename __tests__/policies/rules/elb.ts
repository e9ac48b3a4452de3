import { other, set, without } from "../mutation";
import { type RuleCase, ruleCase } from "./rule-case";
import {
  HTTPS_LISTENER,
  LOAD_BALANCER,
  LOAD_BALANCER_OF_VPC_ORIGIN,
  LOAD_BALANCER_WITH_HEADER,
  TARGET_GROUP,
} from "./subjects";

export const elbCases: readonly RuleCase[] = [
  ruleCase("elb-access-logs", LOAD_BALANCER, set("access_logs.enabled", false), "access_logs.enabled"),
  ruleCase("elb-certificate", HTTPS_LISTENER, set("certificate_arn", undefined), "certificate_arn"),
  ruleCase(
    "elb-deletion-protection",
    LOAD_BALANCER,
    set("enable_deletion_protection", false),
    "enable_deletion_protection",
  ),
  ruleCase("elb-deregistration-delay", TARGET_GROUP, set("deregistration_delay", undefined), "deregistration_delay"),
  ruleCase("elb-desync-mitigation", LOAD_BALANCER, set("desync_mitigation_mode", "monitor"), "desync_mitigation_mode"),
  ruleCase(
    "elb-drop-invalid-headers",
    LOAD_BALANCER,
    set("drop_invalid_header_fields", false),
    "drop_invalid_header_fields",
  ),
  ruleCase("elb-https", HTTPS_LISTENER, set("protocol", "HTTP"), "protocol"),
  ruleCase("elb-idle-timeout", LOAD_BALANCER, set("idle_timeout", 45), "idle_timeout"),
  ruleCase("elb-stickiness", TARGET_GROUP, set("stickiness.enabled", false), "stickiness.enabled"),
  ruleCase("elb-tls-policy", HTTPS_LISTENER, set("ssl_policy", "ELBSecurityPolicy-2016-08"), "ssl_policy"),
  ruleCase(
    "elb-waf",
    LOAD_BALANCER_OF_VPC_ORIGIN,
    without("aws_cloudfront_vpc_origin", "cdn/vpc-origin", "vpc_origin_endpoint_config.arn"),
    "aws_wafv2_web_acl_association",
  ),
  ruleCase(
    "elb-waf",
    LOAD_BALANCER_WITH_HEADER,
    other("aws_cloudfront_distribution", "cdn/distribution", set("origin.domain_name", "elsewhere.example.com")),
    "aws_wafv2_web_acl_association",
  ),
  ruleCase(
    "elb-waf",
    LOAD_BALANCER_WITH_HEADER,
    other("aws_lb_listener", "alb/https-listener", set("default_action", [{ type: "forward" }])),
    "aws_wafv2_web_acl_association",
  ),
  ruleCase(
    "elb-waf",
    LOAD_BALANCER_WITH_HEADER,
    other("aws_lb_listener_rule", "alb/rule-50000", set("condition", [{ path_pattern: { values: ["/*"] } }])),
    "aws_wafv2_web_acl_association",
  ),
  ruleCase(
    "elb-waf",
    LOAD_BALANCER,
    without("aws_wafv2_web_acl_association", "waf/association-alb", "resource_arn"),
    "aws_wafv2_web_acl_association",
  ),
  ruleCase(
    "elb-zones",
    LOAD_BALANCER,
    set("subnets", ["${aws_subnet.network_public-ap-northeast-1a_9C881FB0.id}"]),
    "subnets",
  ),
];
