import { unless } from "../../finders";
import { Rule } from "../../rule";

export const wafLogging = new Rule({
  id: "waf-logging",
  severity: "error",
  types: ["aws_wafv2_web_acl"],
  controls: ["WAF.11"],
  reason: "A blocked customer can only be helped by what the log says.",
  remedy: "Add an aws_wafv2_web_acl_logging_configuration.",
  find: (acl, configuration) =>
    unless(
      configuration.pointingAt(acl, "aws_wafv2_web_acl_logging_configuration", "resource_arn").length > 0,
      "aws_wafv2_web_acl_logging_configuration",
      "one for this web ACL",
      undefined,
    ),
});
