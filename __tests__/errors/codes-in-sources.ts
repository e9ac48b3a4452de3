import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..", "..");
const CODE = /^([a-z][a-z0-9]*(?:-[a-z]+)*)\/[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * Finds every string literal of the form `area/kebab-case` in the sources, whether it stands after `code:` or is an argument of a check.
 * The catalogues themselves and module specifiers are left out.
 */
export function codesInSources(areas: readonly string[]): string[] {
  const files = ["modules", "environments", "policies", "stacks"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && basename(file) !== "problems.ts")
      .map((file) => join(ROOT, folder, file)),
  );
  return [...new Set(files.flatMap((file) => codesIn(readFileSync(file, "utf8"), areas)))].sort();
}

/** Finds the codes in a source text. A first part that is no area, as in "text/plain", makes no code. */
export function codesIn(text: string, areas: readonly string[]): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) && areas.includes(CODE.exec(node.text)?.[1] ?? "")) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("source.ts", text, ts.ScriptTarget.Latest, false));
  return found;
}
