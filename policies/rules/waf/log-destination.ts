import { finding } from "../../finders";
import { Rule } from "../../rule";
import { isTemplate } from "../../template-text";

export const wafLogDestination = new Rule({
  id: "waf-log-destination",
  severity: "error",
  types: ["aws_wafv2_web_acl_logging_configuration"],
  controls: [],
  reason:
    'AWS WAF delivers logs only to names with this prefix, which neither plan nor validate checks. Source: AWS WAF developer guide, "Logging destinations".',
  remedy: "Start the name of the log group, bucket or stream with aws-waf-logs-.",
  find: (resource, configuration) =>
    configuration
      .referenced(resource.list("log_destination_configs")?.[0])
      .flatMap(({ body }) => [body["name"] ?? body["bucket"]])
      .filter((name) => typeof name === "string" && !isTemplate(name) && !name.startsWith("aws-waf-logs-"))
      .map((name) => finding("log_destination_configs", "a name that starts with aws-waf-logs-", name)),
});
