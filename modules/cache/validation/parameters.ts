import { type Checks, formatValue } from "../../core/checks";
import { checkRepeatedParameters } from "../../core/repeated-parameters";
import { isUnresolved } from "../../core/tokens";
import { type CompleteCacheProps } from "../defaults";
import { DEFAULT_NODE_VERSION, NODE_VERSIONS } from "../engine-versions";
import { describeParameterMistake } from "../parameter-names";

/** Source: ElastiCache user guide, "Engine specific parameters", maxmemory-policy. */
const EVICTION_POLICIES = [
  ...["volatile-lru", "allkeys-lru", "volatile-lfu", "allkeys-lfu"],
  ...["volatile-random", "allkeys-random", "volatile-ttl", "noeviction"],
];

const PARAMETER_NAME = /^[a-z][a-z0-9-]*$/;

export function checkParameters(checks: Checks, props: CompleteCacheProps): void {
  const { parameters = {}, uncheckedParameters = {} } = props;
  checks.oneOf(
    "parameters.maxmemory-policy",
    parameters["maxmemory-policy"],
    EVICTION_POLICIES,
    "volatile-ttl, which the construct sets, evicts what expires soonest.",
    "cache/parameter",
  );
  checkForm(checks, "parameters", parameters);
  checkForm(checks, "uncheckedParameters", uncheckedParameters);
  checkRepeatedParameters(checks, parameters, uncheckedParameters);
  checkNames(checks, props);
}

function checkForm(checks: Checks, prop: string, parameters: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(parameters)) {
    checks.require(PARAMETER_NAME.test(name) && typeof value === "string" && name !== "cluster-enabled", {
      code: "cache/parameter",
      prop: `${prop}.${name}`,
      expected: "a parameter that the construct does not set, with a string value",
      got: formatValue(value),
      remedy: 'Write the value as text; for cluster mode set kind to "cluster".',
    });
  }
}

function checkNames(checks: Checks, { engine, engineVersion, parameters = {} }: CompleteCacheProps): void {
  const version = engineVersion ?? DEFAULT_NODE_VERSION[engine];
  if (isUnresolved(version) || !NODE_VERSIONS[engine].some((known) => known.version === version)) return;
  for (const name of Object.keys(parameters)) {
    if (!PARAMETER_NAME.test(name) || name === "cluster-enabled") continue;
    const mistake = describeParameterMistake(name, engine, version);
    checks.require(mistake === undefined, {
      code: "cache/unknown-parameter",
      prop: `parameters.${name}`,
      expected: `a parameter that ${engine} ${version} lets one change`,
      got: formatValue(name),
      remedy: String(mistake),
    });
  }
}
