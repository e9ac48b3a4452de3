import * as kind from "../../core/kinds";
import { readParameters, refuse, requireDepth, STATEMENT } from "./parameters";
import { type Statement, WafStatement } from "./waf-statement";

/** How deeply `and`, `or` and `not` can be nested. Source: schema of aws_wafv2_web_acl, provider 5.100. */
const MAX_DEPTH = 3;

/** Matches when all statements match. With one statement it returns that statement. */
export function and(...statements: readonly Statement[]): Statement {
  return combine("and", statements);
}

/** Matches when any statement matches. With one statement it returns that statement. */
export function or(...statements: readonly Statement[]): Statement {
  return combine("or", statements);
}

/** Matches when the statement does not match. */
export function not(statement: Statement): Statement {
  return nest("not", readStatements("not", [statement]));
}

function combine(name: "and" | "or", statements: readonly Statement[]): Statement {
  const read = readStatements(name, statements);
  const [first, ...rest] = read;
  if (first === undefined) {
    const expected = "at least one statement";
    refuse({ code: "waf/no-statement", prop: name, expected, got: "none", remedy: "Pass one or more." });
  }
  return rest.length === 0 ? first : nest(name, read);
}

function nest(name: "and" | "or" | "not", statements: readonly Statement[]): Statement {
  const depth = 1 + Math.max(...statements.map((statement) => statement.depth));
  requireDepth(name, depth, MAX_DEPTH);
  const capacity = statements.reduce((sum, statement) => sum + statement.capacity, 0);
  const block = { [`${name}_statement`]: { statement: statements.map((statement) => statement.block) } };
  return new WafStatement("match", block, capacity, depth);
}

function readStatements(name: string, statements: readonly Statement[]): readonly Statement[] {
  const shape = { statements: kind.array(STATEMENT) };
  return readParameters(name, { statements }, { shape, required: [] }).statements;
}
