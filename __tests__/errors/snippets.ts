import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** The source text of one area's examples, as docs/errors.md shows it. */
export interface Snippets {
  /** The constants that the examples use, such as the valid props that they change. Empty if there are none. */
  readonly shared: string;
  /** The body of each example by its problem code. */
  readonly byCode: ReadonlyMap<string, string>;
}

/** Reads the examples of an area from their file, `examples/<area>.ts`. */
export function readSnippets(area: string): Snippets {
  const path = join(__dirname, "examples", `${area}.ts`);
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const constants = source.statements.filter((statement) => ts.isVariableStatement(statement));
  const isExported = ({ modifiers }: ts.VariableStatement) =>
    modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
  const shared = constants.filter((constant) => !isExported(constant)).map((constant) => constant.getText());
  const byCode = new Map(constants.filter(isExported).flatMap(examplesIn));
  return { shared: shared.join("\n"), byCode };
}

function examplesIn({ declarationList }: ts.VariableStatement): [string, string][] {
  const [declaration] = declarationList.declarations;
  const object = declaration?.initializer;
  if (!object || !ts.isObjectLiteralExpression(object)) return [];
  return object.properties.map((property) => {
    if (!ts.isPropertyAssignment(property) || !ts.isStringLiteral(property.name))
      throw new Error(`not an example: ${property.getText()}`);
    if (!ts.isArrowFunction(property.initializer)) throw new Error(`not an arrow function: ${property.getText()}`);
    return [property.name.text, bodyOf(property.initializer)];
  });
}

function bodyOf({ body }: ts.ArrowFunction): string {
  if (!ts.isBlock(body)) return withoutIndentation(`${body.getText()};`);
  return body.statements.map((statement) => withoutIndentation(statement.getText())).join("\n");
}

/** Moves the text to the left, so that its last line begins in the first column like its first. */
function withoutIndentation(text: string): string {
  const indentation = /^ */.exec(text.split("\n").at(-1)!)![0];
  return text.replaceAll(`\n${indentation}`, "\n");
}
