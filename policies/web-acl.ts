import { blocksOf, isObject, type JsonObject, type Resource } from "./resource";

/** The rules of a web ACL; `undefined` when only Terraform will know them. */
export function rulesOf(acl: Resource): readonly JsonObject[] | undefined {
  return acl.blocks("rule");
}

/** The statement of a rule: cdktf types it loosely, so that it may stand in a list. */
export function statementOf(rule: JsonObject): JsonObject {
  return blocksOf(rule["statement"])?.[0] ?? {};
}

/** Name of the managed rule group that the rule takes in. */
export function managedGroupOf(rule: JsonObject): unknown {
  return blocksOf(statementOf(rule)["managed_rule_group_statement"])?.[0]?.["name"];
}

/** Whether the rule only counts what it would have blocked. */
export function onlyCounts(rule: JsonObject): boolean {
  const action = blocksOf(rule["override_action"])?.[0];
  return isObject(action) && "count" in action;
}
