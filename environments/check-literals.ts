import { type Checks, formatValue } from "../modules/core/checks";
import { isUnresolved } from "../modules/core/tokens";

/** An environment is data that stacks are made of: no expression can stand in it, since nothing is there yet that it could name. */
export function checkLiterals(checks: Checks, value: unknown, prop = ""): void {
  if (isUnresolved(value)) {
    checks.add({
      prop,
      expected: "a literal",
      got: formatValue(value),
      remedy: "Write it out: stacks are made of it.",
    });
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) checkLiterals(checks, item, prop === "" ? key : `${prop}.${key}`);
}
