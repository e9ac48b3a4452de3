import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";

const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export function isKebabCase(name: string): boolean {
  return KEBAB_CASE.test(name);
}

/** Checks a name that becomes part of alarm names and construct ids. */
export function checkAlarmKey(checks: Checks, prop: string, key: string): void {
  checks.require(!isUnresolved(key) && isKebabCase(key), {
    prop,
    expected: "a literal name of lower-case letters, digits and single hyphens",
    got: formatValue(key),
    remedy: "It is part of alarm names, and so has to be known at synth.",
  });
}
