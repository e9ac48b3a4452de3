import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..", "..");

/** Returns the optional fields of a file's interfaces and type literals whose type leaves out `undefined`. */
function withoutUndefined(name: string, text: string): string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertySignature(node) && node.questionToken) {
      const types = node.type && ts.isUnionTypeNode(node.type) ? [...node.type.types] : [node.type];
      const fits = types.some((type) => type?.kind === ts.SyntaxKind.UndefinedKeyword);
      if (!fits) found.push(`${name}: ${node.getText(source)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it("finds a field that leaves it out", () => {
  expect(withoutUndefined("x.ts", "interface A { readonly b?: string; c?: string | undefined }")).toEqual([
    "x.ts: readonly b?: string;",
  ]);
});

// A caller with exactOptionalPropertyTypes could not pass `undefined` otherwise, as in `{ kmsKeyArn: environment.kmsKeyArn }`.
it("every optional field of the package takes an explicit undefined", () => {
  const files = execFileSync("git", ["ls-files", "modules", "policies"], { cwd: ROOT, encoding: "utf8" });
  const sources = files.split("\n").filter((name) => name.endsWith(".ts"));
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap((name) => withoutUndefined(name, readFileSync(join(ROOT, name), "utf8")))).toEqual([]);
});
