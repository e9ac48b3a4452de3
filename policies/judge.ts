import { type Configuration } from "./configuration";
import { checkExceptions, type PolicyException, unneeded } from "./exceptions";
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
   * What may break a rule, where and why. One that nothing needs is an error.
   * @default none
   */
  readonly exceptions?: readonly PolicyException[];
  /**
   * Rules to hold the stacks to; put your own beside ours: `[...allRules, myRule]`.
   * @default allRules
   */
  readonly rules?: readonly Rule[];
}

/**
 * Holds stacks to the rules.
 *
 * @throws PolicyViolationError with all violations of all stacks and every exception that is wrong or unneeded
 */
export function judge(stacks: readonly JudgedStack[], options: PolicyOptions = {}): StackVerdict[] {
  const { exceptions = [], rules = allRules } = options;
  const used = new Set<PolicyException>();
  const verdicts = stacks.map(({ configuration, tier }) => judgeStack(configuration, tier, rules, exceptions, used));
  const violations = verdicts.flatMap((verdict) => verdict.rules.flatMap((rule) => rule.violations));
  const errors = violations.filter(({ severity }) => severity === "error");
  const wrong = checkExceptions(exceptions, rules);
  const stale = wrong.length > 0 ? [] : exceptions.filter((exception) => !used.has(exception)).map(unneeded);
  if (errors.length + wrong.length + stale.length > 0) throw new PolicyViolationError(errors, [...wrong, ...stale]);
  return verdicts;
}
