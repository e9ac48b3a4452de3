import { aclRule, other, set, without, withoutRateLimit } from "../mutation";
import { type RuleCase, ruleCase } from "./rule-case";
import { WEB_ACL, WEB_ACL_LOGGING } from "./subjects";

export const wafCases: readonly RuleCase[] = [
  ruleCase(
    "waf-log-destination",
    WEB_ACL_LOGGING,
    other("aws_cloudwatch_log_group", "waf/log-group", set("name", "waf-logs")),
    "log_destination_configs",
  ),
  ruleCase(
    "waf-logging",
    WEB_ACL,
    without("aws_wafv2_web_acl_logging_configuration", "waf/logging", "resource_arn"),
    "aws_wafv2_web_acl_logging_configuration",
  ),
  ruleCase(
    "waf-managed-groups",
    WEB_ACL,
    aclRule("known-bad-inputs", "override_action", { count: {} }),
    "rule[known-bad-inputs].override_action",
  ),
  ruleCase(
    "waf-managed-groups",
    WEB_ACL,
    aclRule("common", "statement", { geo_match_statement: { country_codes: ["JP"] } }),
    "rule",
  ),
  ruleCase(
    "waf-metrics",
    WEB_ACL,
    set("visibility_config.cloudwatch_metrics_enabled", false),
    "visibility_config.cloudwatch_metrics_enabled",
  ),
  ruleCase(
    "waf-metrics",
    WEB_ACL,
    aclRule("socket-rate", "visibility_config", { cloudwatch_metrics_enabled: false }),
    "rule[socket-rate].visibility_config.cloudwatch_metrics_enabled",
  ),
  ruleCase("waf-rate-limit", WEB_ACL, withoutRateLimit, "rule"),
  ruleCase(
    "waf-redaction",
    WEB_ACL_LOGGING,
    set("redacted_fields.single_header.name", "x-request-id"),
    "redacted_fields",
  ),
];
