import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "../../helpers/run-program";

/** Returns the names of a construct's public properties, getters and methods, as its source declares them. */
export function publicMembers(module: string, construct: string): string[] {
  const folder = join(ROOT, "modules", module);
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const text = path.endsWith(".ts") ? readFileSync(join(folder, path), "utf8") : "";
    if (!text.includes(`export class ${construct} `)) continue;
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
    const found = source.statements.find((each) => ts.isClassDeclaration(each) && each.name?.text === construct);
    return (found as ts.ClassDeclaration).members.filter(isPublic).map((member) => (member.name as ts.Identifier).text);
  }
  throw new Error(`modules/${module}: expected a class ${construct}, found none`);
}

function isPublic(member: ts.ClassElement): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  const { name } = member;
  if (name === undefined || !ts.isIdentifier(name)) return false;
  return (ts.getCombinedModifierFlags(member) & hidden) === 0;
}
