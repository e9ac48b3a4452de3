import { type IConstruct } from "constructs";
import { Checks, formatValue } from "../../core/checks";
import { type AlarmSpec } from "../alarm";

/** @throws ConfigurationError when a disabled alarm does not exist: after a spelling mistake the intended alarm would stay on */
export function validateDisabledAlarms(
  scope: IConstruct,
  disabled: readonly string[],
  specs: readonly AlarmSpec[],
): void {
  const ids = specs.map((spec) => spec.id);
  const odd = disabled.filter((id) => !ids.includes(id));
  const checks = new Checks(scope);
  checks.require(odd.length === 0, {
    prop: "disabledAlarms",
    expected: `some of ${[...ids].sort().join(", ")}`,
    got: odd.map(formatValue).join(", "),
    remedy: "Name alarms without the stem.",
  });
  checks.throwIfInvalid();
}
