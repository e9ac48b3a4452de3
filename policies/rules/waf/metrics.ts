import { unless } from "../../finders";
import { blocksOf } from "../../resource";
import { Rule } from "../../rule";
import { isOn, isTemplate } from "../../template-text";
import { rulesOf } from "../../web-acl";

export const wafMetrics = new Rule({
  id: "waf-metrics",
  severity: "error",
  types: ["aws_wafv2_web_acl"],
  controls: ["WAF.12"],
  reason: "Without metrics, nobody sees what was blocked, correctly or by mistake.",
  remedy: "Set cloudwatch_metrics_enabled to true for the web ACL and for every rule.",
  find: (acl) => {
    const parts = [
      ["visibility_config", acl.body] as const,
      ...(rulesOf(acl) ?? []).map((rule) => [`rule[${String(rule["name"])}].visibility_config`, rule] as const),
    ];
    return parts.flatMap(([where, part]) => {
      const enabled = blocksOf(part["visibility_config"])?.[0]?.["cloudwatch_metrics_enabled"];
      return unless(
        isTemplate(part["visibility_config"]) || isTemplate(enabled) || isOn(enabled),
        `${where}.cloudwatch_metrics_enabled`,
        "true",
        enabled,
      );
    });
  },
});
