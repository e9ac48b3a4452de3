import { type Problem } from "../modules/core/configuration-error";
import { formatValue } from "../modules/core/checks";
import { type Rule, type Tier } from "./rule";

/** Lets one resource break one rule in one tier, for a reason that a reviewer can judge. */
export interface PolicyException {
  /** Id of the rule, `ecs-no-public-ip`. */
  readonly rule: string;
  /** Path of the construct, `messenger-crm-dev/service/service`. */
  readonly resource: string;
  readonly reason: string;
  readonly tier: Tier;
}

/** What is wrong with the exceptions themselves, whatever they are used for. */
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
        problem(exception, `a tier where the rule holds (${rule.tiers.join(", ")})`, formatValue(tier), "Remove it."),
      );
    }
    if (typeof reason !== "string" || reason.trim() === "") {
      problems.push(problem(exception, "a reason", "none", "Say why this resource may break the rule."));
    }
    if (seen.has(key))
      problems.push(problem(exception, "one exception of a kind", "a second", `Remove one for ${resource}.`));
    seen.add(key);
    return problems;
  });
}

/** An exception that nothing needs any more hides the next violation. */
export function unneeded(exception: PolicyException): Problem {
  return problem(
    exception,
    "a resource that breaks the rule",
    "none",
    "Nothing violates it any more, or the path is wrong: remove the exception.",
  );
}

function problem({ rule, resource, tier }: PolicyException, expected: string, got: string, remedy: string): Problem {
  return { prop: `exception ${rule} for ${resource} (${tier})`, expected, got, remedy };
}
