import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";

type Range = Parameters<Checks["integer"]>[2];

/** Requires a literal whole number in a range, for props that other values are computed from at synth. */
export function checkLiteralInteger(
  checks: Checks,
  prop: string,
  value: number | undefined,
  { range, remedy }: { readonly range: Range; readonly remedy: string },
): void {
  checks.require(!isUnresolved(value), {
    code: "core/literal-required",
    prop,
    expected: "a literal",
    got: formatValue(value),
    remedy: "Other values are computed from it at synth.",
  });
  checks.integer(prop, value, range, remedy);
}
