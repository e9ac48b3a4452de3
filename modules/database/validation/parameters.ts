import { type Checks, formatValue } from "../../core/checks";
import { checkRepeatedParameters } from "../../core/repeated-parameters";
import { isUnresolved } from "../../core/tokens";
import { type CompleteDatabaseProps } from "../defaults";
import { ENGINE_TRAITS } from "../engine-traits";
import { DEFAULT_VERSIONS, majorVersionOf } from "../engine-versions";
import { describeParameterMistake } from "../parameters/names";
import { APPLY_METHODS, type ParameterValue } from "../parameters/value";

/** Some names of MySQL's have hyphens, such as gtid-mode. */
const PARAMETER_NAME = /^[a-z][a-z0-9_.-]*$/;

export function checkParameters(checks: Checks, props: CompleteDatabaseProps): void {
  const { parameters = {}, uncheckedParameters = {} } = props;
  checkForm(checks, "parameters", props);
  checkForm(checks, "uncheckedParameters", props);
  checkRepeatedParameters(checks, parameters, uncheckedParameters);
  checkNames(checks, props);
}

function checkForm(checks: Checks, of: "parameters" | "uncheckedParameters", props: CompleteDatabaseProps): void {
  const { forceTls } = ENGINE_TRAITS[props.engine];
  for (const [name, value] of Object.entries(props[of] ?? {})) {
    const prop = `${of}.${name}`;
    checks.require(name !== forceTls.name, {
      code: "database/tls-parameter",
      prop,
      expected: "a parameter that the construct does not set",
      got: formatValue(value),
      remedy: "TLS is always required; remove the parameter.",
    });
    const remedy = "Spell it as the engine does.";
    checks.matches(prop, name, PARAMETER_NAME, "the name of a parameter", remedy, "database/parameter");
    checkValue(checks, prop, value);
  }
}

function checkValue(checks: Checks, prop: string, value: ParameterValue): void {
  const detailed = typeof value === "object" && value !== null;
  const text = detailed ? value.value : value;
  checks.require(typeof text === "string", {
    code: "database/parameter",
    prop,
    expected: "a string, or an object with value and applyMethod",
    got: formatValue(value),
    remedy: 'Write the value as text, such as "100".',
  });
  if (detailed) {
    const remedy = `Set one of ${APPLY_METHODS.join(", ")}; immediate is for dynamic parameters only.`;
    checks.required(`${prop}.applyMethod`, value.applyMethod, remedy);
  }
}

function checkNames(checks: Checks, { engine, engineVersion, parameters = {} }: CompleteDatabaseProps): void {
  const version = engineVersion ?? DEFAULT_VERSIONS[engine];
  const major = isUnresolved(version) ? undefined : majorVersionOf(engine, String(version))?.major;
  if (major === undefined) return;
  for (const name of Object.keys(parameters)) {
    if (!PARAMETER_NAME.test(name) || name === ENGINE_TRAITS[engine].forceTls.name) continue;
    const mistake = describeParameterMistake(name, engine, major);
    checks.require(mistake === undefined, {
      code: "database/unknown-parameter",
      prop: `parameters.${name}`,
      expected: `a parameter of ${engine} ${major}`,
      got: formatValue(name),
      remedy: String(mistake),
    });
  }
}
