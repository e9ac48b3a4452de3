import { ARN_TYPES } from "../../core/arn-types";
import { Checks, formatValue } from "../../core/checks";
import { ConfigurationError } from "../../core/configuration-error";
import * as kind from "../../core/kinds";
import { type Problem } from "../../core/problem";
import { type Statement, WafStatement } from "./waf-statement";

const PATH = "waf statement";
const NOT_NESTABLE = { rate: "a rate limit", group: "a rule group" } as const;

/** A statement that may be nested in others. */
export const STATEMENT: kind.Kind<Statement> = {
  read(value, prop, problems) {
    if (value instanceof WafStatement && value.kind === "match") return value;
    const got =
      value instanceof WafStatement ? NOT_NESTABLE[value.kind as keyof typeof NOT_NESTABLE] : formatValue(value);
    const remedy =
      "Rate limits and rule groups are allowed only at the top of a rule; make other statements with this module's functions.";
    const expected = "a statement that can be nested";
    problems.addWrongType({ code: "waf/not-nestable", prop, expected, got, remedy }, false);
    return undefined;
  },
};

type Check<P> = (checks: Checks, parameters: P) => void;

/**
 * Reads and checks the parameters of a function that makes a statement.
 * @param required the parameters that have no default
 * @param more a further check of the parameters
 * @throws ConfigurationError with every problem of the parameters
 */
export function readParameters<P extends object>(
  name: string,
  given: P,
  {
    shape,
    required,
    more,
  }: { shape: kind.Shape<P>; required: readonly (keyof P & string)[]; more?: Check<P> | undefined },
): P {
  const checks = new Checks(PATH);
  const read = readGiven(name, given, { shape, checks });
  for (const parameter of read ? required : []) {
    checks.required(`${name}.${parameter}`, read?.[parameter], "It has no default.");
  }
  if (read) more?.(checks, read);
  checks.throwIfInvalid();
  return read!;
}

function readGiven<P extends object>(
  name: string,
  given: P,
  { shape, checks }: { readonly shape: kind.Shape<P>; readonly checks: Checks },
): P | undefined {
  try {
    return kind.object(shape).read(given, name, checks) as P | undefined;
  } catch {
    checks.addWrongType(kind.unreadable(name), false);
    return undefined;
  }
}

/** Returns a check that `arn` is the ARN of the WAF resource that the function is named after. */
export function checkArn(name: "ipSet" | "ruleGroup") {
  return (checks: Checks, { arn }: { readonly arn: string }) =>
    checks.arn(`${name}.arn`, arn, ARN_TYPES[name], "Pass the ARN, not the name or the id.");
}

/**
 * Refuses statements nested deeper than the provider's schema allows.
 * @throws ConfigurationError
 */
export function requireDepth(name: string, depth: number, maxDepth: number): void {
  if (depth <= maxDepth) return;
  refuse({
    code: "waf/nesting-depth",
    prop: name,
    expected: `at most ${maxDepth} levels of and, or and not`,
    got: `${depth}`,
    remedy: "The Terraform provider supports no deeper nesting: use De Morgan's laws, labels, or two rules.",
  });
}

/** @throws ConfigurationError with the one problem */
export function refuse(problem: Problem): never {
  throw new ConfigurationError(PATH, [problem]);
}
