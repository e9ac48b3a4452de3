import { type Problem } from "../modules/core/problem";
import { formatValue } from "../modules/core/checks";
import { type Rule, type Tier } from "./rule";

/** Accepts the violation of one rule by one resource in one tier, with a reason for reviewers. */
export interface PolicyException {
  /** Id of the rule, `ecs-no-public-ip`. */
  readonly rule: string;
  /** Path of the construct, `messenger-crm-dev/service/service`. */
  readonly resource: string;
  readonly reason: string;
  readonly tier: Tier;
}

/** Returns the problems of the exceptions themselves, regardless of what they accept. */
export function checkExceptions(exceptions: readonly PolicyException[], rules: readonly Rule[]): Problem[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const seen = new Set<string>();
  return exceptions.flatMap((exception) => {
    const { rule: id, resource, reason, tier } = exception;
    const rule = known.get(id);
    const key = JSON.stringify([id, resource, tier]);
    const problems: Problem[] = [];
    if (!rule)
      problems.push(problem(exception, "the id of a rule", formatValue(id), "policies/README.md lists all rules."));
    if (rule && !rule.tiers.includes(tier)) {
      problems.push(
        problem(
          exception,
          `a tier in which the rule applies (${rule.tiers.join(", ")})`,
          formatValue(tier),
          "Remove it.",
        ),
      );
    }
    if (typeof reason !== "string" || reason.trim() === "") {
      problems.push(problem(exception, "a reason", "none", "State why this resource may violate the rule."));
    }
    if (seen.has(key))
      problems.push(
        problem(exception, "one exception per rule, resource and tier", "a second one", `Remove one for ${resource}.`),
      );
    seen.add(key);
    return problems;
  });
}

/** Returns the problem of an exception that accepts nothing: it would hide the next violation. */
export function unusedException(exception: PolicyException): Problem {
  return problem(
    exception,
    "a resource that violates the rule",
    "none",
    "Correct the path, or remove the exception if the resource no longer violates the rule.",
  );
}

function problem({ rule, resource, tier }: PolicyException, expected: string, got: string, remedy: string): Problem {
  return { code: "policies/exception", prop: `exception ${rule} for ${resource} (${tier})`, expected, got, remedy };
}
