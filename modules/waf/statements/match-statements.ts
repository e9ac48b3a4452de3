import { formatValue } from "../../core/checks";
import { escapeTemplate, isUnresolved } from "../../core/tokens";
import {
  checkArn,
  checkForwardedIp,
  choice,
  type Field,
  type ForwardedIp,
  forwardedIpBlock,
  KINDS,
  type ListedIp,
  type Position,
  readParameters,
  refuse,
  requireDepth,
  type Transformation,
} from "./parameters";
import { type Statement, WafStatement } from "./waf-statement";

const COMPARISONS = ["EQ", "NE", "LE", "LT", "GE", "GT"] as const;
/** Source: WAF API reference, SizeConstraintStatement. */
const MOST_BYTES = 21_474_836_480;
const FIELD_AND_TRANSFORMATIONS = { field: KINDS.field, transformations: KINDS.transformations } as const;

/** How deep `and`, `or` and `not` may stand in each other. Source: schema of aws_wafv2_web_acl, provider 5.100. */
const DEEPEST_NESTING = 3;

export { type ManagedGroup, managedGroup, rateBased, type RateLimit, ruleGroup } from "./top-level-statements";
export { type Statement, type StatementKind, WafStatement } from "./waf-statement";

export { type Field, type ForwardedIp, type Position, type Transformation } from "./parameters";

/** All of them; one stands for itself. */
export function and(...statements: readonly Statement[]): Statement {
  return logical("and", statements);
}

/** Any of them; one stands for itself. */
export function or(...statements: readonly Statement[]): Statement {
  return logical("or", statements);
}

export function not(statement: Statement): Statement {
  return nest("not", readStatements("not", [statement]));
}

/** Text at a place in a field, at most 200 bytes, as written: in any case only after `LOWERCASE`. */
export function byteMatch(
  field: Field,
  position: Position,
  text: string,
  transformations: readonly Transformation[] = [],
): Statement {
  const given = { field, position, text, transformations };
  const read = readParameters("byteMatch", given, {
    shape: { ...FIELD_AND_TRANSFORMATIONS, position: KINDS.position, text: KINDS.string },
    required: ["field", "position"],
  });
  requireSize("byteMatch", read.text, 200);
  const block = { positional_constraint: position, search_string: escapeTemplate(read.text) };
  const base = position === "CONTAINS" || position === "CONTAINS_WORD" ? 10 : 2;
  return fieldMatch("byte_match_statement", block, base, read);
}

/** A regular expression (PCRE without back references and look-around) that matches somewhere in a field, at most 512 characters. */
export function regex(field: Field, pattern: string, transformations: readonly Transformation[] = []): Statement {
  const read = readParameters(
    "regex",
    { field, pattern, transformations },
    { shape: { ...FIELD_AND_TRANSFORMATIONS, pattern: KINDS.string }, required: ["field"] },
  );
  requireSize("regex", read.pattern, 512);
  return fieldMatch("regex_match_statement", { regex_string: escapeTemplate(read.pattern) }, 3, read);
}

/** A field's size in bytes. */
export function size(field: Field, comparison: (typeof COMPARISONS)[number], bytes: number): Statement {
  const read = readParameters(
    "size",
    { field, comparison, bytes },
    {
      shape: { field: KINDS.field, comparison: choice(COMPARISONS), bytes: KINDS.number },
      required: ["field", "comparison", "bytes"],
      more: (checks, { bytes: number }) =>
        checks.integer(
          "size.bytes",
          number,
          { min: 0, max: MOST_BYTES, unit: "bytes" },
          "WAF supports no other sizes.",
        ),
    },
  );
  const block = { comparison_operator: comparison, size: read.bytes };
  return fieldMatch("size_constraint_statement", block, 1, { field: read.field, transformations: [] });
}

/** Text that looks like SQL injection. */
export function sqlInjection(field: Field, transformations: readonly Transformation[] = ["URL_DECODE"]): Statement {
  return fieldMatch(
    "sqli_match_statement",
    { sensitivity_level: "LOW" },
    20,
    readField("sqlInjection", field, transformations),
  );
}

/** Text that looks like cross-site scripting. */
export function crossSiteScripting(
  field: Field,
  transformations: readonly Transformation[] = ["URL_DECODE"],
): Statement {
  return fieldMatch("xss_match_statement", {}, 40, readField("crossSiteScripting", field, transformations));
}

/** Addresses of an IP set, by its ARN. */
export function ipSet(arn: string, forwardedIp?: ListedIp): Statement {
  const shape = { arn: KINDS.string, forwardedIp: KINDS.listedIp };
  const read = readParameters(
    "ipSet",
    { arn, forwardedIp },
    {
      shape,
      required: ["arn"],
      more: (checks, parameters) => {
        checkArn("ipSet")(checks, parameters);
        checkForwardedIp("ipSet")(checks, parameters);
      },
    },
  );
  const proxy = read.forwardedIp;
  const forwarded = proxy && { ...forwardedIpBlock(proxy), position: proxy.position };
  const block = { arn: read.arn, ip_set_forwarded_ip_config: forwarded };
  return new WafStatement("match", { ip_set_reference_statement: block }, proxy?.position === "ANY" ? 5 : 1);
}

/** Countries, by their two letters. */
export function geo(countryCodes: readonly string[], forwardedIp?: ForwardedIp): Statement {
  const shape = { countryCodes: KINDS.array(KINDS.string), forwardedIp: KINDS.forwardedIp };
  const read = readParameters(
    "geo",
    { countryCodes, forwardedIp },
    {
      shape,
      required: ["countryCodes"],
      more: checkForwardedIp("geo"),
    },
  );
  const known = isUnresolved(read.countryCodes) ? undefined : read.countryCodes;
  const bad = known?.filter((code) => !isUnresolved(code) && !/^[A-Z]{2}$/.test(code)) ?? [];
  if (bad.length > 0 || known?.length === 0) {
    refuse("geo", "country codes such as JP", formatValue(bad), "Use the two-letter codes of ISO 3166, in capitals.");
  }
  const forwarded = read.forwardedIp && forwardedIpBlock(read.forwardedIp);
  const block = { country_codes: read.countryCodes, forwarded_ip_config: forwarded };
  return new WafStatement("match", { geo_match_statement: block }, 1);
}

/** A label that an earlier rule has put on the request. */
export function label(key: string): Statement {
  const read = readParameters("label", { key }, { shape: { key: KINDS.string }, required: ["key"] });
  return new WafStatement("match", { label_match_statement: { scope: "LABEL", key: escapeTemplate(read.key) } }, 1);
}

function logical(name: "and" | "or", statements: readonly Statement[]): Statement {
  const read = readStatements(name, statements);
  const [first, ...rest] = read;
  if (first === undefined) refuse(name, "at least one statement", "none", "Pass one or more.");
  return rest.length === 0 ? first : nest(name, read);
}

function nest(name: "and" | "or" | "not", statements: readonly Statement[]): Statement {
  const depth = 1 + Math.max(...statements.map((statement) => statement.depth));
  requireDepth(name, depth, DEEPEST_NESTING);
  const capacity = statements.reduce((sum, statement) => sum + statement.capacity, 0);
  return new WafStatement(
    "match",
    { [`${name}_statement`]: { statement: statements.map(({ block }) => block) } },
    capacity,
    depth,
  );
}

interface FieldAndTransformations {
  readonly field: Field;
  readonly transformations: readonly Transformation[];
}

function readField(name: string, field: Field, transformations: readonly Transformation[]): FieldAndTransformations {
  return readParameters(name, { field, transformations }, { shape: FIELD_AND_TRANSFORMATIONS, required: ["field"] });
}

function readStatements(name: string, statements: readonly Statement[]): readonly Statement[] {
  const shape = { statements: KINDS.array(KINDS.statement) };
  return readParameters(name, { statements }, { shape, required: [] }).statements;
}

function fieldMatch(
  name: string,
  block: Record<string, unknown>,
  base: number,
  { field, transformations }: FieldAndTransformations,
): Statement {
  const transforming = transformations.filter((type) => type !== "NONE");
  const types = transforming.length > 0 ? transforming : ["NONE"];
  const whole = {
    ...block,
    field_to_match: fieldBlock(field),
    text_transformation: types.map((type, priority) => ({ priority, type })),
  };
  const capacity = base + (field === "all-query-arguments" ? 10 : 0) + 10 * transforming.length;
  return new WafStatement("match", { [name]: whole }, capacity);
}

function fieldBlock(field: Field): Record<string, unknown> {
  if (typeof field === "string") return { [field.replaceAll("-", "_")]: {} };
  // Header names are lower case in Terraform; WAF compares them in any case.
  if ("header" in field) return { single_header: { name: field.header.toLowerCase() } };
  if ("queryArgument" in field) return { single_query_argument: { name: field.queryArgument.toLowerCase() } };
  return { body: { oversize_handling: field.body } };
}

function requireSize(name: string, text: string | undefined, most: number): void {
  if (isUnresolved(text)) return;
  const bytes = Buffer.byteLength(text ?? "");
  if (bytes >= 1 && bytes <= most) return;
  refuse(name, `1 to ${most} bytes`, `${bytes}`, "Split it into several statements.");
}
