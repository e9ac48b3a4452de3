import { type Spread } from "./statistics";

/** Formats a title and aligned rows for a terminal. */
export function section(title: string, rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
  return [title, ...lines.map((line) => `  ${line}`), ""].join("\n");
}

/** Formats a spread as `min / median / max`. */
export function range({ min, median, max }: Spread, digits = 2): string {
  return [min, median, max].map((value) => value.toFixed(digits)).join(" / ");
}

/** Formats a Markdown table as prettier does. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, head.map(() => "---"), ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => [...row[column]!].length)));
  return all.map((row, index) => {
    const fill = index === 1 ? "-" : " ";
    return `| ${row.map((cell, column) => cell.padEnd(widths[column]!, fill)).join(" | ")} |`;
  });
}
