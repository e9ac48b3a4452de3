import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";

const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export function isKebabCase(name: string): boolean {
  return KEBAB_CASE.test(name);
}

/** Checks a name that becomes part of alarm names and construct ids. */
export function checkAlarmKey(checks: Checks, prop: string, key: string): void {
  checks.require(!isUnresolved(key) && isKebabCase(key), {
    code: "monitoring/alarm-key",
    prop,
    expected: "a literal name of lower-case letters, digits and single hyphens",
    got: formatValue(key),
    remedy: "It becomes part of alarm names, so it must be known at synth.",
  });
}
