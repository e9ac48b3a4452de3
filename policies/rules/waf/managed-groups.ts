import { finding, unless } from "../../finders";
import { Rule } from "../../rule";
import { managedGroupOf, onlyCounts, rulesOf } from "../../web-acl";

const REQUIRED = ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"] as const;

export const wafManagedGroups = new Rule({
  id: "waf-managed-groups",
  severity: "error",
  tiers: ["production"],
  types: ["aws_wafv2_web_acl"],
  controls: [],
  reason:
    "These two managed rule groups block known exploits such as Log4Shell; in count mode they only count matches.",
  remedy: "Add both managed rule groups with override_action none.",
  find: (acl) => {
    const rules = rulesOf(acl);
    if (!rules) return [];
    return REQUIRED.flatMap((group) => {
      const rule = rules.find((one) => managedGroupOf(one) === group);
      if (!rule) return [finding("rule", `the managed group ${group}`, undefined)];
      return unless(!onlyCounts(rule), `rule[${String(rule["name"])}].override_action`, "none", "count");
    });
  },
});
