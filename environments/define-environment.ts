import { Checks } from "../modules/core/checks";
import { applyProfile, isProfile, PROFILE_FIELDS } from "./apply-profile";
import { type Draft } from "./checks/draft";
import { checkLocation } from "./checks/location";
import { problemsOfParts } from "./checks/parts";
import { checkProduction } from "./checks/production";
import { environmentDefaults } from "./defaults";
import { fieldPath, overlaps } from "./field-path";
import { readPlainData } from "./plain-data";
import {
  type Environment,
  type EnvironmentInput,
  type EnvironmentOf,
  environmentSchema,
  type PatternOf,
} from "./schema";
import { parseBySchema, type SchemaProblem } from "./schema-problems";

/**
 * Checks an environment and fills in its profile and the defaults. Reports every problem in one error. Each construct checks its own
 * props later, at synth.
 *
 * @returns a frozen copy
 * @throws ConfigurationError naming the environment, and for each problem its field and remedy
 */
export function defineEnvironment<const Input extends EnvironmentInput>(given: Input): EnvironmentOf<PatternOf<Input>> {
  const checks = new Checks(`environments/${nameOf(given)}`);
  const unreadable: string[] = [];
  const read = readPlainData(given, (problem) => {
    unreadable.push(problem.prop);
    checks.add(problem);
  });
  const data = isObject(read) ? applyProfile({ ...environmentDefaults, ...read }) : read;
  const { value, problems } = parseBySchema(environmentSchema, data);
  for (const { problem } of withoutConsequences(problems, data, unreadable)) checks.add(problem);
  checkBetweenFields(checks, draftOf(data, problems, unreadable));
  if (value !== undefined) addProblemsOfParts(checks, value);
  checks.throwIfInvalid();
  return deepFreeze<Environment>(value!) as EnvironmentOf<PatternOf<Input>>;
}

/** Adds the problems that the modules find in fields that have none yet. */
function addProblemsOfParts(checks: Checks, environment: Environment): void {
  const reported = checks.found.map(({ prop }) => prop);
  for (const problem of problemsOfParts(environment)) {
    if (!reported.some((prop) => overlaps(prop, problem.prop))) checks.add(problem);
  }
}

/** Runs the checks that need more than one field, on the fields that could be read. */
function checkBetweenFields(checks: Checks, draft: Draft<Environment>): void {
  const emails = draft.alarms?.emails;
  checks.distinct("alarms.emails", emails, "address", "Remove the repeated one.");
  checkLocation(checks, draft);
  if (draft.tier === "production") checkProduction(checks, draft);
}

/** Leaves out problems that only follow from an unknown profile, which fills in nothing, or from a field that could not be read. */
function withoutConsequences(
  problems: readonly SchemaProblem[],
  data: unknown,
  unreadable: readonly string[],
): readonly SchemaProblem[] {
  const profile = isObject(data) ? data["profile"] : undefined;
  const expectedFromProfile: readonly PropertyKey[] = profile === undefined || isProfile(profile) ? [] : PROFILE_FIELDS;
  return problems.filter(
    ({ path, kind, problem }) =>
      !unreadable.some((prop) => overlaps(prop, problem.prop)) &&
      !(kind === "missing" && path.length === 1 && expectedFromProfile.includes(path[0]!)),
  );
}

/** Returns the data without fields of the wrong type, so that checks between fields can rely on the types of the others. */
function draftOf(data: unknown, problems: readonly SchemaProblem[], unreadable: readonly string[]): Draft<Environment> {
  const wrong = problems.filter(({ kind }) => kind !== "value").map(({ path }) => fieldPath(path));
  return (isObject(data) ? without(data, [...wrong, ...unreadable], []) : {}) as Draft<Environment>;
}

function without(value: unknown, wrong: readonly string[], path: readonly string[]): unknown {
  if (!isObject(value)) return value;
  const fields = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
    const prop = fieldPath([...path, key]);
    // A list with a wrong element is left out as a whole: without the element its length would be wrong.
    const isWrong = wrong.some((other) => other === prop || other.startsWith(`${prop}[`));
    return isWrong ? [] : [[key, without(item, wrong, [...path, key])]];
  });
  return Object.fromEntries(fields);
}

/** Returns the environment's name for the error message, before anything is checked. */
function nameOf(environment: unknown): string {
  try {
    const name = isObject(environment) ? environment["name"] : undefined;
    return typeof name === "string" && name !== "" ? name : "unnamed";
  } catch {
    return "unnamed";
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    for (const item of Object.values(value)) deepFreeze(item);
    Object.freeze(value);
  }
  return value;
}
