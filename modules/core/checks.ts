import { Annotations, TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { parseArn } from "./arn";
import { ConfigurationError, type Problem } from "./configuration-error";
import { type ProblemCollector } from "./kinds";
import { BASE_NAME, BASE_NAME_MAX_LENGTH } from "./names";
import { formatValue } from "./format-value";
import { isUnresolved } from "./tokens";

export { formatValue } from "./format-value";

/**
 * Collects every problem of a construct's props and throws once. All checks pass over tokens and over `undefined`
 * (use `required` for what must be there), so that a value known only at apply is never misjudged.
 */
export class Checks implements ProblemCollector {
  private readonly problems: Problem[] = [];
  private readonly misfits: { readonly problem: Problem; readonly kept: boolean }[] = [];

  private readonly path: string;

  /** @param scope the construct, or the path to name in errors where there is none (an environment file) */
  constructor(private readonly scope: IConstruct | string) {
    this.path = typeof scope === "string" ? scope : scope.node.path;
  }

  add(problem: Problem): void {
    this.problems.push(problem);
  }

  addWrongType(problem: Problem, kept: boolean): void {
    this.misfits.push({ problem, kept });
  }

  /** The ids from the stack down become Terraform's addresses, which cdktf only rids of what they cannot hold. */
  constructId(): void {
    if (!Construct.isConstruct(this.scope)) return;
    const { scopes } = this.scope.node;
    const stack = scopes.findIndex((scope) => TerraformStack.isStack(scope));
    const id = scopes[stack + 1]?.node.id ?? "";
    this.require(!/^[0-9-]/.test(id.replace(/[^A-Za-z0-9_-]/g, "")), {
      prop: "id",
      expected: "an id that begins with a letter",
      got: formatValue(id),
      remedy: "Terraform's addresses are made of it, and begin with a letter.",
    });
  }

  /** Says what is legal and probably not meant; shown when the app is synthesized. */
  warn(message: string): void {
    if (Construct.isConstruct(this.scope)) Annotations.of(this.scope).addWarning(message);
  }

  /** Adds the problem when the condition does not hold. */
  require(holds: boolean, problem: Problem): void {
    if (!holds) this.add(problem);
  }

  /** @returns false, with a problem added, when there is no value at all */
  required(prop: string, value: unknown, remedy: string): boolean {
    const blank = typeof value === "string" && value.trim() === "";
    const there = value !== undefined && value !== null && !blank;
    this.require(there, {
      prop,
      expected: "a value",
      got: value === "" ? "an empty string" : formatValue(value),
      remedy,
    });
    return there;
  }

  /** The stem of all physical names has to be a short literal. */
  baseName(prop: string, value: string): void {
    const fits =
      typeof value === "string" &&
      !isUnresolved(value) &&
      value.length <= BASE_NAME_MAX_LENGTH &&
      BASE_NAME.test(value);
    this.require(fits, {
      prop,
      expected: `lower-case letters, digits and single hyphens, at most ${BASE_NAME_MAX_LENGTH}, beginning with a letter`,
      got: formatValue(value),
      remedy: 'Use a literal such as "messenger-crm-prod".',
    });
  }

  integer(
    prop: string,
    value: number | undefined,
    range: { min: number; max: number; unit?: string },
    remedy: string,
  ): void {
    if (value === undefined || isUnresolved(value)) return;
    const fits = Number.isInteger(value) && value >= range.min && value <= range.max;
    const unit = range.unit ? ` ${range.unit}` : "";
    this.require(fits, {
      prop,
      expected: `a whole number from ${range.min} to ${range.max}${unit}`,
      got: formatValue(value),
      remedy,
    });
  }

  oneOf<T extends string | number>(prop: string, value: T | undefined, allowed: readonly T[], remedy: string): void {
    if (value === undefined || isUnresolved(value)) return;
    this.require(allowed.includes(value), {
      prop,
      expected: `one of ${allowed.join(", ")}`,
      got: formatValue(value),
      remedy,
    });
  }

  /** For what decides what is made: a value that is known only at apply comes too late. */
  literalOneOf<T extends string | number>(
    prop: string,
    value: T | undefined,
    allowed: readonly T[],
    remedy: string,
  ): void {
    if (value === undefined) return;
    const expected = `a literal, one of ${allowed.join(", ")}`;
    this.require(allowed.includes(value), { prop, expected, got: formatValue(value), remedy });
  }

  /** A switch decides what is made, and a token would count as true: unlike the other checks, this one refuses it. */
  literalBoolean(prop: string, value: boolean | undefined): void {
    this.require(value === undefined || typeof value === "boolean", {
      prop,
      expected: "a literal true or false",
      got: formatValue(value),
      remedy: "It is part of the shape, which is known at synth.",
    });
  }

  matches(prop: string, value: string | undefined, pattern: RegExp, expected: string, remedy: string): void {
    if (value === undefined || isUnresolved(value)) return;
    this.require(typeof value === "string" && pattern.test(value), { prop, expected, got: formatValue(value), remedy });
  }

  /** A list known only at apply has an unknown length: it is passed over. */
  count(
    prop: string,
    value: readonly unknown[] | undefined,
    range: { min: number; max: number },
    remedy: string,
  ): void {
    if (value === undefined || isUnresolved(value)) return;
    const fits = Array.isArray(value) && value.length >= range.min && value.length <= range.max;
    const got = Array.isArray(value)
      ? `${value.length}${value.length > 0 ? ` (${value.map(String).join(", ")})` : ""}`
      : formatValue(value);
    const expected = range.max === Number.POSITIVE_INFINITY ? `at least ${range.min}` : `${range.min} to ${range.max}`;
    this.require(fits, { prop, expected, got: isTokenText(got) ? `${value.length}` : got, remedy });
  }

  /** An id that AWS gives, such as `vpc-0123456789abcdef0`, by what it begins with. */
  id(prop: string, value: string | undefined, kind: "vpc" | "subnet" | "sg" | "pl", remedy: string): void {
    const pattern = new RegExp(`^${kind}-[0-9a-f]{8,17}$`);
    this.matches(prop, value, pattern, `an id such as ${kind}-0123456789abcdef0`, remedy);
  }

  /** The subnets of one tier: enough of them, each once, by their ids. A list known only at apply is passed over. */
  subnets(prop: string, ids: readonly string[] | undefined, range: { min: number; max: number }, remedy: string): void {
    if (!this.required(prop, ids, remedy) || !Array.isArray(ids) || isUnresolved(ids)) return;
    this.count(prop, ids, range, remedy);
    for (const id of ids as readonly string[]) {
      this.id(prop, id, "subnet", "Take it from the VPC console or from the stack that made it.");
    }
    this.distinct(prop, ids, "subnet", remedy);
  }

  /** Nothing twice; two expressions may be equal at apply, which nobody knows yet. */
  distinct(prop: string, values: readonly unknown[] | undefined, what: string, remedy: string): void {
    const repeated = (values ?? []).filter((value, index, all) => all.indexOf(value) !== index);
    this.require(repeated.length === 0, {
      prop,
      expected: `each ${what} once`,
      got: repeated.map(formatValue).join(", "),
      remedy,
    });
  }

  arn(prop: string, value: string | undefined, service: string, remedy: string): void {
    if (value === undefined || isUnresolved(value)) return;
    const fits = typeof value === "string" && parseArn(value)?.service === service;
    this.require(fits, { prop, expected: `the ARN of a resource of "${service}"`, got: formatValue(value), remedy });
  }

  /** @throws ConfigurationError with every problem found so far */
  throwIfInvalid(): void {
    const all = [...this.unexplainedMisfits(), ...this.problems.filter((problem) => !this.followsFromMisfit(problem))];
    if (all.length > 0) throw new ConfigurationError(this.path, all);
  }

  /** A value of the wrong kind that a check of the prop itself has found, too, is told once: in that check's better words. */
  private unexplainedMisfits(): Problem[] {
    const left = this.misfits.filter(
      ({ problem, kept }) => !kept || !this.problems.some((other) => explains(other, problem)),
    );
    return left.map(({ problem }) => problem);
  }

  /** What was taken out is missing to every later check, which is not the caller's mistake. */
  private followsFromMisfit(problem: Problem): boolean {
    return this.misfits.some((misfit) => !misfit.kept && related(misfit.problem, problem));
  }
}

/** Whether a problem is about the very value that is a misfit; checks of a list's elements name the list. */
function explains({ prop }: Problem, misfit: Problem): boolean {
  return prop === misfit.prop || prop === misfit.prop.replace(/\[\d+\]$/, "");
}

/** Whether one prop is the other, or a part of it. */
function related({ prop: a }: Problem, { prop: b }: Problem): boolean {
  const holds = (whole: string, part: string) =>
    part === whole || part.startsWith(`${whole}.`) || part.startsWith(`${whole}[`);
  return holds(a, b) || holds(b, a);
}

function isTokenText(text: string): boolean {
  return text.includes("TfToken[");
}
