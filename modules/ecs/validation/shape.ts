import { type Checks } from "../../core/checks";
import { formatValue } from "../../core/format-value";
import { isUnresolved } from "../../core/tokens";

/** Checks a key that becomes part of construct ids and Terraform addresses. */
export function checkId(checks: Checks, prop: string, id: string): void {
  checks.matches(
    prop,
    id,
    /^(?=.{1,128}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    "keys of lower-case letters, digits and single hyphens, at most 128 characters",
    "The key names the resources in Terraform's state.",
  );
}

/**
 * Returns the entries of an object with keys of the caller's choice. A missing object is a problem; a value of another type
 * was reported and removed when the props were read.
 */
export function checkObject<T>(
  checks: Checks,
  prop: string,
  value: Readonly<Record<string, T>> | undefined,
): [string, T][] {
  checks.require(value !== undefined, {
    code: "core/required",
    prop,
    expected: "an object with a key for each entry",
    got: "nothing",
    remedy: "Write the keys out: they have to be known at synth.",
  });
  return Object.entries(value ?? {});
}

/** @returns whether the prop is a list whose length is known at synth */
export function checkList(checks: Checks, prop: string, value: readonly unknown[]): boolean {
  const isList = Array.isArray(value) && !isUnresolved(value);
  checks.require(isList, {
    code: "core/literal-required",
    prop,
    expected: "a list whose length is known at synth",
    got: formatValue(value),
    remedy: "Write its elements out; each may be known only at apply.",
  });
  return isList;
}
