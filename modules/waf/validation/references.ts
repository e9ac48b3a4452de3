import { ARN_TYPES, type ArnType } from "../../core/arn-types";
import { type Checks } from "../../core/checks";
import { checkWafScope } from "../../core/waf-scope";
import { type CompleteWafProps } from "../defaults";
import { WafStatement } from "../statements";

/** Blocks of a statement that refer to another resource of WAF. A rule group can be shared with other accounts. */
const REFERENCES: Readonly<Record<string, ArnType>> = {
  ip_set_reference_statement: { ...ARN_TYPES.ipSet, scope: "account" },
  rule_group_reference_statement: { ...ARN_TYPES.ruleGroup, scope: "region" },
};

/**
 * Requires that IP sets and rule groups of custom rules have the scope and the region of the web ACL. Source: WAFV2 API reference,
 * CreateWebACL, WAFInvalidParameterException and WAFNonexistentItemException.
 */
export function checkReferences(checks: Checks, { customRules, scope, provider }: CompleteWafProps): void {
  for (const { name, statement } of customRules) {
    if (!(statement instanceof WafStatement)) continue;
    const prop = `customRules.${name}.statement`;
    for (const { arn, type } of referencesIn(statement.block)) {
      const remedy = "Create it with the scope of the web ACL, and in its region.";
      const expected = `${type.what} with scope ${scope}, that of the web ACL`;
      if (!checkWafScope(checks, arn, scope, { code: "waf/reference-scope", prop, expected, remedy })) continue;
      // What is global is in us-east-1, whatever the region of the stack.
      const reach = scope === "CLOUDFRONT" ? "anywhere" : type.scope;
      checks.arn(prop, arn, { ...type, scope: reach }, remedy, provider);
    }
  }
}

/** Finds the references in a block and in those that are nested in it. */
function referencesIn(block: unknown): { readonly arn: string; readonly type: ArnType }[] {
  if (typeof block !== "object" || block === null) return [];
  return Object.entries(block).flatMap(([key, inner]: [string, unknown]) => {
    const type = REFERENCES[key];
    return type ? [{ arn: (inner as { arn: string }).arn, type }] : referencesIn(inner);
  });
}
