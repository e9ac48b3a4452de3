import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "../../helpers/run-program";

/** Parses all sources of a module. */
function sourcesOf(module: string): ts.SourceFile[] {
  const folder = join(ROOT, "modules", module);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => ts.createSourceFile(path, readFileSync(join(folder, path), "utf8"), ts.ScriptTarget.Latest, true));
}

/** Returns the names of a construct's public properties, getters and methods, as its source declares them. */
export function publicMembers(module: string, construct: string): string[] {
  const classes = sourcesOf(module).flatMap(({ statements }) => statements.filter(ts.isClassDeclaration));
  const found = classes.find(({ name }) => name?.text === construct);
  if (found === undefined) throw new Error(`modules/${module}: expected a class ${construct}, found none`);
  return found.members.filter(isPublic).map((member) => (member.name as ts.Identifier).text);
}

function isPublic(member: ts.ClassElement): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  const { name } = member;
  if (name === undefined || !ts.isIdentifier(name)) return false;
  return (ts.getCombinedModifierFlags(member) & hidden) === 0;
}

/** Returns what the interfaces of a module say after `@default`, by the name of the property. */
export function documentedDefaults(module: string): ReadonlyMap<string, readonly string[]> {
  const interfaces = sourcesOf(module).flatMap(({ statements }) => statements.filter(ts.isInterfaceDeclaration));
  const texts = new Map<string, string[]>();
  for (const member of interfaces.flatMap(({ members }) => [...members])) {
    if (member.name === undefined || !ts.isIdentifier(member.name)) continue;
    const tags = ts.getJSDocTags(member).filter(({ tagName }) => tagName.text === "default");
    const text = tags.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "").join(" ");
    if (text !== "") texts.set(member.name.text, [...(texts.get(member.name.text) ?? []), text]);
  }
  return texts;
}
