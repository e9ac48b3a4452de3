import { Annotations, type TerraformProvider } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { type ArnMistake, describeArnMistake, describeOriginMistake } from "./arn-mistake";
import { type ArnType } from "./arn-types";
import { checkAtSynth } from "./check-at-synth";
import { ConfigurationError } from "./configuration-error";
import { constructIdProblem } from "./construct-id";
import { formatValue } from "./format-value";
import { type Location, locationOf, providerOf } from "./location";
import { requireUniqueIdentities } from "./identities/unique-identities";
import { type ProblemCollector } from "./kinds";
import { checkOrigin, type Origin } from "./origin";
import { BASE_NAME, BASE_NAME_MAX_LENGTH } from "./names";
import { type ReservedPrefix } from "./reserved-prefixes";
import { RESOURCE_ID } from "./resource-id";
import { type Problem, type ProblemCode } from "./problem";
import { isUnresolved } from "./tokens";
import { isAboutSameValue, isMisquoted, isRelated } from "./wrong-types";

export { formatValue } from "./format-value";

/** A prop whose value has the wrong type. */
interface WrongType {
  readonly problem: Problem;
  /** Whether the value is still among the props, so that later checks see it. */
  readonly kept: boolean;
}

/**
 * Collects every problem of a construct's props and throws once. Unless a method says otherwise, it accepts `undefined` (use
 * `required` for a prop that must be given) and tokens, because a value known only at apply cannot be checked at synth. The generic checks report core's
 * problem codes; pass `code` where a module has something more specific to say.
 */
export class Checks implements ProblemCollector {
  private readonly problems: Problem[] = [];
  private readonly wrongTypes: WrongType[] = [];

  private readonly path: string;

  /** @param scope the construct, or the path to name in errors where there is no construct (an environment file) */
  constructor(private readonly scope: IConstruct | string) {
    this.path = typeof scope === "string" ? scope : scope.node.path;
  }

  /** The problems found so far, except those of types. */
  get found(): readonly Problem[] {
    return this.problems;
  }

  add(problem: Problem): void {
    this.problems.push(problem);
  }

  addWrongType(problem: Problem, kept: boolean): void {
    this.wrongTypes.push({ problem, kept });
  }

  /** Refuses an id that is no Terraform address and, when the app is synthesized, resources that are the same at AWS as others. */
  identity(): void {
    if (!Construct.isConstruct(this.scope)) return;
    requireUniqueIdentities(this.scope);
    const problem = constructIdProblem(this.scope);
    if (problem) this.add(problem);
  }

  /** Warns of a legal value that is probably a mistake; shown when the app is synthesized. */
  warn(message: string): void {
    if (Construct.isConstruct(this.scope)) Annotations.of(this.scope).addWarning(message);
  }

  /** Adds the problem when the condition does not hold. */
  require(holds: boolean, problem: Problem): void {
    if (!holds) this.add(problem);
  }

  /** @returns false, with a problem added, when there is no value at all */
  required(prop: string, value: unknown, remedy: string, code: ProblemCode = "core/required"): boolean {
    const blank = typeof value === "string" && value.trim() === "";
    const given = value !== undefined && value !== null && !blank;
    this.require(given, {
      code,
      prop,
      expected: "a value",
      got: value === "" ? "an empty string" : formatValue(value),
      remedy,
    });
    return given;
  }

  /**
   * Requires a short literal: it is the stem of every physical name.
   * @param reserved beginnings that a physical name of the construct cannot have
   */
  baseName(prop: string, value: string, reserved: readonly ReservedPrefix[] = []): void {
    const fits =
      typeof value === "string" &&
      !isUnresolved(value) &&
      value.length <= BASE_NAME_MAX_LENGTH &&
      BASE_NAME.test(value);
    this.require(fits, {
      code: "core/base-name",
      prop,
      expected: `lower-case letters, digits and single hyphens, at most ${BASE_NAME_MAX_LENGTH}, beginning with a letter`,
      got: formatValue(value),
      remedy: 'Use a literal such as "messenger-crm-prod".',
    });
    // Physical names are the base name, a hyphen and what they are for.
    const taken = fits ? reserved.find(({ prefix }) => `${value}-`.startsWith(prefix)) : undefined;
    this.require(taken === undefined, {
      code: "core/reserved-name",
      prop,
      expected: `a name that does not begin with ${taken?.prefix}`,
      got: formatValue(value),
      remedy: `AWS reserves it for the names of ${taken?.of}.`,
    });
  }

  integer(
    prop: string,
    value: number | undefined,
    range: { min: number; max: number; unit?: string | undefined },
    remedy: string,
    code: ProblemCode = "core/out-of-range",
  ): void {
    if (value === undefined || isUnresolved(value)) return;
    const fits = Number.isInteger(value) && value >= range.min && value <= range.max;
    const unit = range.unit ? ` ${range.unit}` : "";
    const expected = `a whole number from ${range.min} to ${range.max}${unit}`;
    this.require(fits, { code, prop, expected, got: formatValue(value), remedy });
  }

  oneOf<T extends string | number>(
    prop: string,
    value: T | undefined,
    allowed: readonly T[],
    remedy: string,
    code: ProblemCode = "core/not-one-of",
  ): void {
    if (value === undefined || isUnresolved(value)) return;
    const expected = `one of ${allowed.join(", ")}`;
    this.require(allowed.includes(value), { code, prop, expected, got: formatValue(value), remedy });
  }

  /** Like `oneOf`, for a value that decides what is synthesized: unlike the other checks it refuses tokens. */
  literalOneOf<T extends string | number>(
    prop: string,
    value: T | undefined,
    allowed: readonly T[],
    remedy: string,
    code: ProblemCode = isUnresolved(value) ? "core/literal-required" : "core/not-one-of",
  ): void {
    if (value === undefined) return;
    const expected = `a literal, one of ${allowed.join(", ")}`;
    this.require(allowed.includes(value), { code, prop, expected, got: formatValue(value), remedy });
  }

  /** Requires a literal boolean: a switch decides what is synthesized, and a token would count as true. */
  literalBoolean(prop: string, value: boolean | undefined): void {
    this.require(value === undefined || typeof value === "boolean", {
      code: isUnresolved(value) ? "core/literal-required" : "core/wrong-type",
      prop,
      expected: "a literal true or false",
      got: formatValue(value),
      remedy: "It decides what is synthesized, so it must be known at synth.",
    });
  }

  matches(
    prop: string,
    value: string | undefined,
    pattern: RegExp,
    expected: string,
    remedy: string,
    code: ProblemCode = "core/wrong-format",
  ): void {
    if (value === undefined || isUnresolved(value)) return;
    const fits = typeof value === "string" && pattern.test(value);
    this.require(fits, { code, prop, expected, got: formatValue(value), remedy });
  }

  /** Checks the length of a list, unless the list is known only at apply. */
  count(
    prop: string,
    value: readonly unknown[] | undefined,
    range: { min: number; max: number },
    remedy: string,
    code: ProblemCode = "core/wrong-count",
  ): void {
    if (value === undefined || isUnresolved(value)) return;
    const fits = Array.isArray(value) && value.length >= range.min && value.length <= range.max;
    const got = Array.isArray(value)
      ? `${value.length}${value.length > 0 && !value.some((element) => typeof element === "object") ? ` (${value.map(String).join(", ")})` : ""}`
      : formatValue(value);
    const expected = range.max === Number.POSITIVE_INFINITY ? `at least ${range.min}` : `${range.min} to ${range.max}`;
    this.require(fits, { code, prop, expected, got: isTokenText(got) ? `${value.length}` : got, remedy });
  }

  /** Requires an AWS resource id with this prefix, such as `vpc-0123456789abcdef0`. */
  id(prop: string, value: string | undefined, prefix: "vpc" | "subnet" | "sg" | "pl", remedy: string): void {
    const pattern = new RegExp(`^${prefix}-${RESOURCE_ID}$`);
    this.matches(prop, value, pattern, `an id such as ${prefix}-0123456789abcdef0`, remedy, "core/resource-id");
  }

  /** Requires enough subnets of one tier, each once, by their ids. A list known only at apply is accepted. */
  subnets(prop: string, ids: readonly string[] | undefined, range: { min: number; max: number }, remedy: string): void {
    if (!this.required(prop, ids, remedy) || !Array.isArray(ids) || isUnresolved(ids)) return;
    this.count(prop, ids, range, remedy);
    for (const id of ids as readonly string[]) {
      this.id(prop, id, "subnet", "Take it from the VPC console or from the stack that made it.");
    }
    this.distinct(prop, ids, "subnet", remedy);
  }

  /** Refuses repeated elements. Different tokens may turn out equal at apply, which cannot be checked at synth. */
  distinct(prop: string, values: readonly unknown[] | undefined, what: string, remedy: string): void {
    const seen = new Set<unknown>();
    const repeated = (values ?? []).filter((value) => {
      const isRepeated = seen.has(value);
      seen.add(value);
      return isRepeated;
    });
    this.require(repeated.length === 0, {
      code: "core/duplicate",
      prop,
      expected: `each ${what} once`,
      got: repeated.map(formatValue).join(", "),
      remedy,
    });
  }

  /**
   * Requires the ARN of one type of resource, in the region and account from which it can be used.
   * @param provider of the resource that uses it; default: that of the stack
   */
  arn(prop: string, value: string | undefined, type: ArnType, remedy: string, provider?: TerraformProvider): void {
    if (value === undefined) return;
    const problem = (mistake: ArnMistake | undefined) =>
      mistake && ({ code: "core/wrong-arn", prop, ...mistake, remedy } as const);
    if (!isUnresolved(value)) {
      this.whenLocated(provider, (location) => problem(describeArnMistake(value, type, location)));
    }
    this.whenKnown(value, (origin) => problem(describeOriginMistake(origin, type, locationOf(this.scope, provider))));
  }

  /**
   * Checks the region and the account in which the construct creates resources. When the stack has no provider yet, it checks them again
   * when the app is synthesized.
   */
  whenLocated(provider: TerraformProvider | undefined, problemOf: (location: Location) => Problem | undefined): void {
    const { scope } = this;
    const problem = problemOf(locationOf(scope, provider));
    if (problem) this.add(problem);
    else if (Construct.isConstruct(scope) && !providerOf(scope, provider))
      checkAtSynth(scope, () => problemOf(locationOf(scope)));
  }

  /** Checks, when the app is synthesized, the resource of the app that a token refers to. */
  whenKnown(value: unknown, problemOf: (origin: Origin) => Problem | undefined): void {
    if (Construct.isConstruct(this.scope)) checkOrigin(this.scope, value, problemOf);
  }

  /** @throws ConfigurationError with every problem found so far */
  throwIfInvalid(): void {
    const all = [
      ...this.wrongTypesWithoutOwnProblem(),
      ...this.problems
        .filter((problem) => !this.followsFromWrongType(problem))
        .map((problem) => this.withTypeRemedy(problem)),
    ];
    if (all.length > 0) throw new ConfigurationError(this.path, all);
  }

  /** A check of the prop itself knows the range and the remedy, so its problem replaces the one about the type. */
  private wrongTypesWithoutOwnProblem(): Problem[] {
    return this.wrongTypes
      .filter(({ problem, kept }) => !kept || !this.problems.some((other) => isAboutSameValue(other, problem)))
      .map(({ problem }) => problem);
  }

  /**
   * Says how to write a value that would fit but for its quotes. The check's own remedy is about another value of the right type: of a
   * port as text, it would say that ports below 1024 belong to root.
   */
  private withTypeRemedy(problem: Problem): Problem {
    const wrong = this.wrongTypes.find((other) => other.kept && isAboutSameValue(problem, other.problem));
    return wrong && isMisquoted(problem, wrong.problem) ? { ...problem, remedy: wrong.problem.remedy } : problem;
  }

  /** A value that was removed for its type is missing to every later check, which is not the caller's mistake. */
  private followsFromWrongType(problem: Problem): boolean {
    return this.wrongTypes.some((wrong) => !wrong.kept && isRelated(wrong.problem, problem));
  }
}

function isTokenText(text: string): boolean {
  return text.includes("TfToken[");
}
