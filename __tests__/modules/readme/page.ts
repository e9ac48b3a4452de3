import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../helpers/run-program";

/** A row of a table of props. */
export interface Row {
  /** What is in code font in the first column, without a leading path. */
  readonly props: readonly string[];
  readonly defaults: string;
  /** The whole row. */
  readonly text: string;
}

/** A README of a module. */
export interface Page {
  readonly text: string;
  /** Rows of all tables whose second column is "default". */
  readonly rows: readonly Row[];
}

export function readModulePage(module: string): Page {
  return parsePage(readFileSync(join(ROOT, "modules", module, "README.md"), "utf8"));
}

export function parsePage(text: string): Page {
  const rows: Row[] = [];
  let table: "none" | "of props" | "other" = "none";
  for (const line of text.split("\n")) {
    const [first, second] = cellsOf(line);
    if (first === undefined || second === undefined) table = "none";
    else if (table === "none") table = second === "default" ? "of props" : "other";
    else if (table === "of props" && !/^-+$/.test(first)) {
      rows.push({ props: codeSpans(first), defaults: second, text: line });
    }
  }
  return { text, rows };
}

function cellsOf(line: string): string[] {
  if (!line.startsWith("|")) return [];
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function codeSpans(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span);
}

/** Finds the lines that name a prop in code font, alone or as the field of an object: `{ name, value }`. */
export function linesNaming({ text }: Page, prop: string): string[] {
  const name = new RegExp(`(?<![\\w.])${prop}(?!\\w)`);
  return text.split("\n").filter((line) => codeSpans(line).some((span) => name.test(span)));
}
