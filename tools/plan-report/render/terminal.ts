import { type PlanReport, type StackReport } from "../report";
import { type Line, type Row, type Section } from "./section";
import { sectionsOf } from "./sections";
import { costWithSource, countWords, policyWords, statusWords } from "./words";

/** Renders a report for a terminal or a job's log. */
export function renderTerminal({ stacks }: PlanReport): string {
  return stacks.map(renderStack).join("\n\n\n");
}

function renderStack(report: StackReport): string {
  const title = `Plan of ${report.stack}: ${countWords(report.counts)}`;
  const facts = [
    `  status    ${statusWords(report)}`,
    `  cost      ${costWithSource(report.cost)}`,
    `  policies  ${policyWords(report)}`,
  ];
  const errors = report.diagnostics.map(({ text }) => indent(text, "  "));
  return [
    [title, "═".repeat(title.length), ...facts].join("\n"),
    ...errors,
    ...sectionsOf(report).map(renderSection),
  ].join("\n\n");
}

function renderSection({ title, alarm, rows }: Section): string {
  const shout = alarm === "caution" ? "!!! " : alarm === "warning" ? "!   " : "";
  return [`${shout}${title}`, ...rows.map(renderRow)].join("\n");
}

function renderRow({ subject, cells }: Row): string {
  const [first, ...others] = cells;
  const beside = first?.length === 1 && others.length > 0 ? `  (${text(first[0]!)})` : "";
  const below = (beside === "" ? cells : others).flat().map((line) => indent(text(line), "      "));
  return [`  ${text(subject)}${beside}`, ...below].join("\n");
}

function text(line: Line): string {
  return line.map((part) => (typeof part === "string" ? part.replaceAll("`", "") : part.code)).join("");
}

function indent(lines: string, by: string): string {
  return lines
    .split("\n")
    .map((line) => `${by}${line}`.trimEnd())
    .join("\n");
}
