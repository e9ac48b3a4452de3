import { ConfigurationError } from "../modules/core/configuration-error";
import { describeProblem, type Problem } from "../modules/core/problem";
import { type Violation } from "./verdict";

/** Reports every violation of every stack and every invalid exception, in the format of a ConfigurationError. */
export class PolicyViolationError extends ConfigurationError {
  constructor(
    readonly violations: readonly Violation[],
    exceptionProblems: readonly Problem[],
  ) {
    super("policies", [...violations.map(problemOf), ...exceptionProblems]);
    this.message = [
      ...violations.map(describeViolation),
      ...exceptionProblems.map((problem) => describeWithoutCode("policies", problem)),
    ].join("\n");
  }
}

export function describeViolation(violation: Violation): string {
  return describeWithoutCode(violation.resource, problemOf(violation));
}

function problemOf({ rule, attribute, expected, got, remedy }: Violation): Problem {
  return { code: "policies/violation", prop: attribute, expected, got, remedy: `${remedy} (rule ${rule})` };
}

/** The remedy names the rule, which says more than the code. */
function describeWithoutCode(path: string, { prop, expected, got, remedy }: Problem): string {
  return describeProblem(path, { prop, expected, got, remedy });
}
