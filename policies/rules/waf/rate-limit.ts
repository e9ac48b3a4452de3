import { unless } from "../../finders";
import { Rule } from "../../rule";
import { rulesOf, statementOf } from "../../web-acl";

export const wafRateLimit = new Rule({
  id: "waf-rate-limit",
  severity: "error",
  types: ["aws_wafv2_web_acl"],
  controls: ["WAF.10"],
  reason: "Without a rate limit, one IP address can exhaust the capacity for handshakes.",
  remedy: "Add a rule with a rate_based_statement.",
  find: (acl) => {
    const rules = rulesOf(acl);
    return unless(
      !rules || rules.some((rule) => "rate_based_statement" in statementOf(rule)),
      "rule",
      "one with a rate_based_statement",
      rules?.length,
    );
  },
});
