import { type Checks } from "../../core/checks";

/** Most capacity units of a web ACL, and those that its price includes. Source: WAF developer guide, "Web ACL capacity units"; WAF pricing. */
const MAX_CAPACITY = 5000;
const INCLUDED_CAPACITY = 1500;

/** @throws ConfigurationError when the rules need more capacity than a web ACL has */
export function validateCapacity(checks: Checks, capacity: number): void {
  const remedy = "Remove custom rules or text transformations.";
  checks.require(capacity <= MAX_CAPACITY, {
    code: "waf/capacity",
    prop: "customRules",
    expected: `at most ${MAX_CAPACITY} capacity units in total`,
    got: `about ${capacity}`,
    remedy,
  });
  checks.throwIfInvalid();
  if (capacity <= INCLUDED_CAPACITY) return;
  checks.warn(
    `The rules need about ${capacity} capacity units: beyond ${INCLUDED_CAPACITY} AWS charges more for each request. ${remedy}`,
  );
}
