import { type Redactor } from "./redact/redactor";
import { type PoliciesReport } from "./report";
import { type StackInput } from "./input/stack-input";

/** Counts the verdicts of a stack, in rules, and lists what violates one. */
export function policiesReport(
  { tier, rules }: NonNullable<StackInput["policies"]>,
  redactor: Redactor,
): PoliciesReport {
  const count = (outcome: string) => rules.filter((rule) => rule.outcome === outcome).length;
  return {
    tier,
    passed: count("passed"),
    failed: count("failed"),
    warned: count("warned"),
    excepted: count("excepted"),
    violations: rules.flatMap(({ rule, violations }) =>
      violations.map(({ resource, attribute, expected, got, remedy }) => ({
        rule,
        resource: redactor.name(resource),
        text: redactor.text(`${attribute}: expected ${expected}, got ${got}. ${remedy}`),
      })),
    ),
  };
}
