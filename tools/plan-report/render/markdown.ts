import { type PlanReport, type StackReport } from "../report";
import { code, codeBlock, prose } from "./escape";
import { fit, type Part } from "./fit";
import { type Line, type Row, type Section } from "./section";
import { sectionsOf } from "./sections";
import { costWithSource, costWords, countWords, policyWords, statusWords } from "./words";

/** Longest comment that GitHub takes, in characters. GitLab takes more. Source: GitHub's API, "Body is too long (maximum is 65536 characters)". */
export const COMMENT_LIMIT = 65_536;

/** The first line of every comment, by which a pipeline finds the one to update. */
export const MARKER = "<!-- plan-report -->";

/** Longest text of Terraform's errors in a comment, in characters. */
const LONGEST_ERROR = 4000;

/** Renders a report as a comment on a pull request, in at most `limit` characters. */
export function renderMarkdown({ stacks }: PlanReport, limit: number = COMMENT_LIMIT): string {
  const sections = stacks.map((report) => [heading(report), ...errors(report), ...sectionsOf(report).map(part)]);
  // What has to be known before approving comes first, for every stack.
  return `${fit([{ ...EMPTY, head: MARKER, rank: -1 }, ...overview(stacks), ...sections.flat()], limit - 1)}\n`;
}

const EMPTY: Part = { head: "", header: "", rows: [], tail: "", rank: 0, noun: "" };

function overview(stacks: readonly StackReport[]): Part[] {
  if (stacks.length < 2) return [];
  return [
    {
      ...EMPTY,
      head: `## Plans of ${stacks.length} stacks`,
      header: tableHead(["stack", "status", "changes", "data", "clients", "cost"]),
      rows: stacks.map((report) => {
        const losses = report.dataLosses.filter(({ severity }) => severity !== "unprotected").length;
        const worst = report.interruptions[0]?.effect ?? "no interruption";
        const cells = [
          statusWords(report),
          countWords(report.counts),
          losses === 0 ? "no loss" : `**LOSS: ${losses}**`,
        ];
        return `| ${[code(report.stack), ...cells, worst === "outage" ? "**OUTAGE**" : worst, prose(costWords(report.cost))].join(" | ")} |`;
      }),
      rank: -1,
      noun: "stacks",
    },
  ];
}

function heading(report: StackReport): Part {
  const failed =
    report.status === "failed"
      ? [
          "",
          "> [!CAUTION]",
          "> **Planning failed: this plan cannot be applied.** What is below was planned before the error.",
        ]
      : [];
  const lines = [
    `## Plan of ${code(report.stack)}: ${countWords(report.counts)}`,
    "",
    `- **Status**: ${statusWords(report)}`,
    `- **Cost**: ${prose(costWithSource(report.cost))}`,
    `- **Policies**: ${prose(policyWords(report))}`,
    ...failed,
  ];
  return { ...EMPTY, head: lines.join("\n") };
}

function errors({ diagnostics }: StackReport): Part[] {
  if (diagnostics.length === 0) return [];
  const rows = diagnostics.map(({ text }) =>
    codeBlock(text.length <= LONGEST_ERROR ? text : `${text.slice(0, LONGEST_ERROR)}…`),
  );
  return [{ ...EMPTY, rows, noun: "errors and warnings" }];
}

function part(section: Section): Part {
  const { title, alarm, columns, rows, isFolded, rank, noun } = section;
  const [open, close] = isFolded ? [`<details><summary>${prose(title)}</summary>`, "</details>"] : ["", ""];
  const shout = alarm ? `> [!${alarm.toUpperCase()}]\n> **${prose(title)}**` : `### ${prose(title)}`;
  return {
    head: isFolded ? open : shout,
    header: tableHead(columns),
    rows: rows.map(tableRow),
    tail: close,
    rank,
    noun,
  };
}

function tableHead(columns: readonly string[]): string {
  return `| ${columns.join(" | ")} |\n| ${columns.map(() => "---").join(" | ")} |`;
}

function tableRow({ subject, cells }: Row): string {
  return `| ${[inline(subject), ...cells.map((lines) => lines.map(inline).join("<br>"))].join(" | ")} |`;
}

function inline(line: Line): string {
  return line.map((part) => (typeof part === "string" ? prose(part) : code(part.code))).join("");
}
