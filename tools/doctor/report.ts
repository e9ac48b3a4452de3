import { type Finding, type Outcome } from "./finding";

/** What a command found, as `--json` prints it. */
export interface Report {
  readonly command: string;
  readonly stack: string;
  readonly accountId: string;
  readonly region: string;
  readonly outcomes: readonly Outcome[];
}

/** Exit codes; a check that was not made is no good news. */
export const EXIT = { healthy: 0, error: 1, findings: 2 } as const;

export function findingsOf(outcomes: readonly Outcome[]): readonly Finding[] {
  return outcomes.flatMap((outcome) => (outcome.state === "findings" ? outcome.findings : []));
}

export function exitCodeOf(outcomes: readonly Outcome[]): number {
  if (findingsOf(outcomes).length > 0) return EXIT.findings;
  return outcomes.some(({ state }) => state === "not checked") ? EXIT.error : EXIT.healthy;
}

/** Renders one line as soon as a check has ended. */
export function renderOutcome(outcome: Outcome, width: number): string {
  const name = outcome.check.padEnd(width);
  switch (outcome.state) {
    case "healthy":
      return `  ok           ${name}`.trimEnd();
    case "does not apply":
      return `  -            ${name}  ${outcome.why}`;
    case "not checked":
      return `  not checked  ${name}  ${outcome.action}: ${outcome.why.trim().replaceAll("\n", "\n    ")}`;
    case "findings":
      return outcome.findings
        .map(({ severity, what }) => `  ${severity.toUpperCase().padEnd(11)}  ${name}  ${what}`)
        .join("\n");
  }
}

/** Renders the findings in full, and a last line that sums up. */
export function renderFindings(outcomes: readonly Outcome[]): string {
  const findings = findingsOf(outcomes);
  return [...findings.map(renderFinding), summary(outcomes, findings)].join("\n\n");
}

function renderFinding({ check, severity, what, evidence, impact, remedy }: Finding): string {
  return [
    `${severity} (${check}): ${what}`,
    `  evidence  ${evidence.replaceAll("\n", "\n            ")}`,
    `  impact    ${impact}`,
    `  remedy    ${remedy}`,
  ].join("\n");
}

function summary(outcomes: readonly Outcome[], findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const unchecked = outcomes.filter(({ state }) => state === "not checked").length;
  const healthy = outcomes.filter(({ state }) => state === "healthy").length;
  const parts = [
    count(errors, "error"),
    count(findings.length - errors, "warning"),
    `${healthy} of ${outcomes.length} checks without a finding`,
    ...(unchecked === 0 ? [] : [`${unchecked} NOT CHECKED`]),
  ];
  return parts.join(", ");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
