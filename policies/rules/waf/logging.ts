import { unless } from "../../finders";
import { Rule } from "../../rule";

export const wafLogging = new Rule({
  id: "waf-logging",
  severity: "error",
  types: ["aws_wafv2_web_acl"],
  controls: ["WAF.11"],
  reason: "Without logs, nobody can find out why a customer's request was blocked.",
  remedy: "Add an aws_wafv2_web_acl_logging_configuration for the web ACL.",
  find: (acl, configuration) =>
    unless(
      configuration.pointingAt(acl, "aws_wafv2_web_acl_logging_configuration", "resource_arn").length > 0,
      "aws_wafv2_web_acl_logging_configuration",
      "one for this web ACL",
      undefined,
    ),
});
