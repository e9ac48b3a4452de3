import { type Configuration } from "./configuration";
import { checkExceptions, type PolicyException, unusedException } from "./exceptions";
import { PolicyViolationError } from "./policy-violation-error";
import { type Rule, type Tier } from "./rule";
import { allRules } from "./rules";
import { judgeStack, type StackVerdict } from "./verdict";

export interface JudgedStack {
  readonly configuration: Configuration;
  readonly tier: Tier;
}

export interface PolicyOptions {
  /**
   * Accepted violations. An exception that accepts nothing is an error.
   * @default none
   */
  readonly exceptions?: readonly PolicyException[] | undefined;
  /**
   * Rules to check. Add your own with `[...allRules, myRule]`.
   * @default allRules
   */
  readonly rules?: readonly Rule[] | undefined;
}

/**
 * Checks stacks against the rules.
 *
 * @throws PolicyViolationError with all violations of all stacks and every invalid or unused exception
 */
export function judge(stacks: readonly JudgedStack[], options: PolicyOptions = {}): StackVerdict[] {
  const { exceptions = [], rules = allRules } = options;
  const used = new Set<PolicyException>();
  const verdicts = stacks.map(({ configuration, tier }) => judgeStack(configuration, tier, rules, exceptions, used));
  const violations = verdicts.flatMap((verdict) => verdict.rules.flatMap((rule) => rule.violations));
  const errors = violations.filter(({ severity }) => severity === "error");
  const invalid = checkExceptions(exceptions, rules);
  const unused = invalid.length > 0 ? [] : exceptions.filter((exception) => !used.has(exception)).map(unusedException);
  if (errors.length + invalid.length + unused.length > 0)
    throw new PolicyViolationError(errors, [...invalid, ...unused]);
  return verdicts;
}
