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
      ...exceptionProblems.map((problem) => describeProblem("policies", problem)),
    ].join("\n");
  }
}

export function describeViolation(violation: Violation): string {
  return describeProblem(violation.resource, problemOf(violation));
}

function problemOf({ rule, attribute, expected, got, remedy }: Violation): Problem {
  return { prop: attribute, expected, got, remedy: `${remedy} (rule ${rule})` };
}
