import { type Checks } from "./checks";

type Parameters = Readonly<Record<string, unknown>>;

/** Refuses a parameter that is set both in `parameters` and in `uncheckedParameters`, where one value would hide the other. */
export function checkRepeatedParameters(checks: Checks, parameters: Parameters, uncheckedParameters: Parameters): void {
  const twice = Object.keys(uncheckedParameters).filter((name) => Object.hasOwn(parameters, name));
  checks.require(twice.length === 0, {
    code: "core/duplicate",
    prop: "uncheckedParameters",
    expected: "each parameter once, in parameters or here",
    got: twice.join(", "),
    remedy: "Keep it in parameters.",
  });
}
