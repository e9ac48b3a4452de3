import { type Align, markdownTable, terminalTable } from "../render/table";
import { type RuleVerdict, type StackVerdict } from "./verdict";

/** Where a report is shown. */
export type Medium = "terminal" | "markdown";

/** Renders the verdicts of one or several stacks for a reviewer: violations first, every rule last. */
export function renderReport(verdicts: readonly StackVerdict[], medium: Medium): string {
  const names = shortNames(verdicts.map(({ stack }) => stack));
  const parts = [
    heading(medium, "Policies"),
    table(medium, ["stack", "tier", ...COUNTED.map(label)], verdicts.map(summaryRow), SUMMARY_ALIGN),
    SCOPE,
    ...section(
      medium,
      "Failed",
      verdicts.flatMap((verdict) => violationRows(verdict, "failed")),
      VIOLATION_HEADER,
    ),
    ...section(
      medium,
      "Warnings",
      verdicts.flatMap((verdict) => violationRows(verdict, "warned")),
      VIOLATION_HEADER,
    ),
    ...exceptions(medium, verdicts),
    heading(medium, "Every rule, with the number of resources checked"),
    table(medium, ["rule", ...names, "answers to"], matrix(verdicts), [
      "left",
      ...names.map(() => "left" as const),
      "left",
    ]),
  ];
  return parts.join("\n\n");
}

const COUNTED = ["passed", "failed", "warned", "excepted", "not-applicable"] as const;
const SUMMARY_ALIGN: readonly Align[] = ["left", "left", "right", "right", "right", "right", "right", "right"];
const VIOLATION_HEADER = ["rule", "resource", "attribute", "expected", "got", "remedy"];

const SCOPE =
  "Counted in rules. A rule without matching resources, or for production only, is not applicable. Values known only at\napply are not checked. Controls are those of AWS Security Hub.";

function summaryRow({ stack, tier, rules }: StackVerdict): string[] {
  const count = (outcome: string) => String(rules.filter((rule) => rule.outcome === outcome).length);
  return [stack, tier, ...COUNTED.map(count)];
}

function violationRows({ rules }: StackVerdict, outcome: "failed" | "warned"): string[][] {
  return rules
    .filter((rule) => rule.outcome === outcome)
    .flatMap(({ rule, violations }) =>
      violations.map(({ resource, attribute, expected, got, remedy }) => [
        rule,
        resource,
        attribute,
        expected,
        got,
        remedy,
      ]),
    );
}

function section(medium: Medium, title: string, rows: readonly string[][], header: readonly string[]): string[] {
  if (rows.length === 0) return [];
  return [
    heading(medium, title),
    table(
      medium,
      header,
      rows,
      header.map(() => "left" as const),
    ),
  ];
}

/** Exceptions are a list, since their reasons are whole sentences. */
function exceptions(medium: Medium, verdicts: readonly StackVerdict[]): string[] {
  const lines = verdicts.flatMap(({ rules, tier }) =>
    rules.flatMap(({ rule, excepted }) =>
      excepted.map(({ resource, reason }) =>
        medium === "markdown"
          ? `- \`${rule}\` on \`${resource}\` (${tier}): ${reason}`
          : `  ${rule} on ${resource} (${tier})\n    ${reason}`,
      ),
    ),
  );
  return lines.length === 0 ? [] : [heading(medium, "Exceptions"), lines.join("\n")];
}

function matrix(verdicts: readonly StackVerdict[]): string[][] {
  const rules = verdicts[0]?.rules ?? [];
  return rules.map(({ rule, controls }) => [
    rule,
    ...verdicts.map(({ rules: own }) => cell(own.find((one) => one.rule === rule))),
    controls.join(", "),
  ]);
}

/** Renders a verdict: `passed 4`, or `excepted 1 of 4` when only some resources are concerned. */
function cell(verdict: RuleVerdict | undefined): string {
  if (!verdict || verdict.outcome === "not-applicable") return label("not-applicable");
  const { outcome, resources, excepted, violations } = verdict;
  if (outcome === "passed") return `passed ${resources}`;
  const concerned = outcome === "excepted" ? excepted.length : new Set(violations.map(({ resource }) => resource)).size;
  return `${outcome} ${concerned} of ${resources}`;
}

function label(outcome: string): string {
  return outcome.replace("-", " ");
}

/** Removes the common prefix of stack names: `dev` and `prod` of `messenger-crm-dev` and `messenger-crm-prod`. */
function shortNames(stacks: readonly string[]): string[] {
  const [first = ""] = stacks;
  const words = first.split("-");
  const shared = words.findIndex(
    (_, index) => !stacks.every((name) => name.startsWith(`${words.slice(0, index + 1).join("-")}-`)),
  );
  const prefix = stacks.length < 2 || shared < 1 ? "" : `${words.slice(0, shared).join("-")}-`;
  return stacks.map((name) => name.slice(prefix.length));
}

function heading(medium: Medium, title: string): string {
  return medium === "markdown" ? `## ${title}` : `${title}\n${"═".repeat(title.length)}`;
}

function table(
  medium: Medium,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[],
): string {
  return medium === "markdown" ? markdownTable(header, rows, align) : terminalTable(header, rows, align);
}
