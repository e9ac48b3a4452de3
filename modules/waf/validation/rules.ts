import { type Checks, formatValue } from "../../core/checks";
import { type CompleteWafProps } from "../defaults";
import { MANAGED_GROUP_KEYS, MANAGED_GROUPS, type ManagedGroupKey } from "../managed-groups";
import { type WafRule } from "../props";
import { BUILT_IN_RULE_NAMES } from "../rules";
import { WafStatement } from "../statements";
import { checkKey } from "./key";

/** Checks that counted rules belong to groups of the web ACL. */
export function checkCountedRules(checks: Checks, countedRules: CompleteWafProps["countedRules"]): void {
  for (const [key, rules] of Object.entries(countedRules)) {
    checks.oneOf("countedRules", key as ManagedGroupKey, MANAGED_GROUP_KEYS, "Name a group that is in the web ACL.");
    if (!(key in MANAGED_GROUPS)) continue;
    for (const rule of rules) {
      checks.matches(
        `countedRules.${key}`,
        rule,
        /^[A-Za-z0-9_-]{1,128}$/,
        "names of the group's rules, such as NoUserAgent_HEADER",
        "The group's documentation lists them.",
      );
    }
  }
}

/** Checks the names, statements and actions of custom rules. */
export function checkCustomRules(checks: Checks, rules: readonly WafRule[]): void {
  const prop = "customRules";
  checks.count(prop, rules, { min: 0, max: 100 }, "Move further rules into a rule group.");
  const taken = new Set(BUILT_IN_RULE_NAMES);
  for (const { name, statement, action } of rules) {
    checkKey(checks, prop, name);
    checks.require(!taken.has(name), {
      code: "waf/rule-name-taken",
      prop,
      expected: "a different name for each rule",
      got: formatValue(name),
      remedy: "Use another name.",
    });
    taken.add(name);
    const isStatement = statement instanceof WafStatement;
    checks.require(isStatement, {
      code: "waf/handwritten-statement",
      prop: `${prop}.${name}.statement`,
      expected: "a statement made by byteMatch, and, rateBased or another function of this module",
      got: formatValue(statement),
      remedy: "Nothing checks a handwritten statement before AWS does.",
    });
    checks.require(!isStatement || statement.kind !== "group" || action === undefined || action === "count", {
      code: "waf/group-action",
      prop: `${prop}.${name}.action`,
      expected: "nothing, or count, for a rule group",
      got: formatValue(action),
      remedy: "The rules of a group have their own actions.",
    });
  }
}
