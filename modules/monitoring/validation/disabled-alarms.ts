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
  const unknown = disabled.filter((id) => !ids.includes(id));
  const checks = new Checks(scope);
  checks.require(unknown.length === 0, {
    code: "monitoring/unknown-alarm",
    prop: "disabledAlarms",
    expected: `ids among ${[...ids].sort().join(", ")}`,
    got: unknown.map(formatValue).join(", "),
    remedy: "Use the id of the alarm, without the stem of its name.",
  });
  checks.throwIfInvalid();
}
