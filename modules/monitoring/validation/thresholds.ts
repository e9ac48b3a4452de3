import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { type CompleteThresholds } from "../thresholds/defaults";

/** Thresholds that become part of a metric math expression, which is text written at synth. */
const LITERAL = new Set(["requestFloorPerMinute", "connectionDropFloor"]);

export function checkThresholds(checks: Checks, thresholds: CompleteThresholds): void {
  for (const [name, value] of Object.entries(thresholds)) {
    const prop = `thresholds.${name}`;
    const atApply = isUnresolved(value);
    const max = name.endsWith("Percent") ? 100 : Number.POSITIVE_INFINITY;
    checks.require(atApply || (typeof value === "number" && value >= 0 && value <= max && Number.isFinite(value)), {
      code: "monitoring/threshold",
      prop,
      expected: max === 100 ? "a percentage, 0 to 100" : "a number of at least 0",
      got: formatValue(value),
      remedy: "Omit it for the default.",
    });
    checks.require(!atApply || !LITERAL.has(name), {
      code: "core/literal-required",
      prop,
      expected: "a literal number",
      got: formatValue(value),
      remedy: "It becomes part of a metric math expression, which is written at synth.",
    });
  }
}
