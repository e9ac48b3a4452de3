import { type Checks, formatValue } from "../../core/checks";
import { BASE_NAME } from "../../core/names";

/** Source: WAF developer guide, "AWS WAF quotas". */
const MAX_NAME_LENGTH = 128;

/** Checks a name that becomes part of addresses and metric names. */
export function checkKey(checks: Checks, prop: string, key: string): void {
  checks.require(typeof key === "string" && BASE_NAME.test(key) && key.length <= MAX_NAME_LENGTH, {
    code: "waf/name",
    prop,
    expected: `names of lower-case letters, digits and single hyphens, at most ${MAX_NAME_LENGTH}`,
    got: formatValue(key),
    remedy: "The name becomes part of addresses and metric names, which must not change.",
  });
}
