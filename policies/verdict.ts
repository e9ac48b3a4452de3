import { type Configuration } from "./configuration";
import { type PolicyException } from "./exceptions";
import { type Finding, type Rule, type Severity, type Tier } from "./rule";

/** `not-applicable`: the rule does not apply in this tier, or the stack has no resource for it. */
export type Outcome = "passed" | "failed" | "warned" | "excepted" | "not-applicable";

export interface Violation extends Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Path of the construct. */
  readonly resource: string;
  readonly remedy: string;
}

export interface ExceptedResource {
  readonly resource: string;
  readonly reason: string;
}

export interface RuleVerdict {
  readonly rule: string;
  readonly severity: Severity;
  /** Tiers in which the rule applies. */
  readonly tiers: readonly Tier[];
  readonly controls: readonly string[];
  readonly outcome: Outcome;
  /** Number of resources checked. */
  readonly resources: number;
  readonly excepted: readonly ExceptedResource[];
  readonly violations: readonly Violation[];
}

/** The results of all rules for one stack. */
export interface StackVerdict {
  readonly stack: string;
  readonly tier: Tier;
  readonly rules: readonly RuleVerdict[];
}

/** Checks one stack against all rules. @param used collects the exceptions that accepted a violation */
export function judgeStack(
  configuration: Configuration,
  tier: Tier,
  rules: readonly Rule[],
  exceptions: readonly PolicyException[],
  used: Set<PolicyException>,
): StackVerdict {
  const inTier = exceptions.filter((exception) => exception.tier === tier);
  return {
    stack: configuration.stack,
    tier,
    rules: rules.map((rule) => judgeRule(rule, configuration, tier, inTier, used)),
  };
}

function judgeRule(
  rule: Rule,
  configuration: Configuration,
  tier: Tier,
  exceptions: readonly PolicyException[],
  used: Set<PolicyException>,
): RuleVerdict {
  const { id, severity, tiers, controls, remedy } = rule;
  const subjects = tiers.includes(tier) ? rule.subjects(configuration) : [];
  const violations: Violation[] = [];
  const excepted: ExceptedResource[] = [];
  for (const resource of subjects) {
    const findings = rule.find(resource, configuration);
    const exception = exceptions.find((one) => one.rule === id && one.resource === resource.path);
    if (exception && findings.length > 0) {
      used.add(exception);
      excepted.push({ resource: resource.path, reason: exception.reason });
    } else {
      violations.push(
        ...findings.map((finding) => ({ rule: id, severity, resource: resource.path, remedy, ...finding })),
      );
    }
  }
  const outcome = outcomeOf(rule, subjects.length, violations.length, excepted.length);
  return { rule: id, severity, tiers, controls, outcome, resources: subjects.length, excepted, violations };
}

function outcomeOf({ severity }: Rule, subjects: number, violations: number, excepted: number): Outcome {
  if (subjects === 0) return "not-applicable";
  if (violations > 0) return severity === "error" ? "failed" : "warned";
  return excepted > 0 ? "excepted" : "passed";
}
