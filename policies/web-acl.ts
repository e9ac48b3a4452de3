import { blocksOf, isObject, type JsonObject, type Resource } from "./resource";

/** Returns the rules of a web ACL, or `undefined` if they are known only at apply. */
export function rulesOf(acl: Resource): readonly JsonObject[] | undefined {
  return acl.blocks("rule");
}

/** Returns the statement of a rule, which cdktf writes as an object or a list of one. */
export function statementOf(rule: JsonObject): JsonObject {
  return blocksOf(rule["statement"])?.[0] ?? {};
}

/** Returns the name of the managed rule group that a rule uses. */
export function managedGroupOf(rule: JsonObject): unknown {
  return blocksOf(statementOf(rule)["managed_rule_group_statement"])?.[0]?.["name"];
}

/** Whether the rule only counts matches instead of blocking them. */
export function onlyCounts(rule: JsonObject): boolean {
  const action = blocksOf(rule["override_action"])?.[0];
  return isObject(action) && "count" in action;
}
