import { ConfigurationError } from "../core/configuration-error";
import { show } from "../core/checks";
import { escapeTemplate, isUnresolved } from "../core/tokens";

/** How deep `and`, `or` and `not` may stand in each other. Source: schema of aws_wafv2_web_acl, provider 5.100. */
const DEEPEST_NESTING = 3;
/** The same below a rate limit or a managed group. */
const DEEPEST_SCOPE_DOWN = 2;

/** `match` nests freely, `rate` and `group` stand only at the top of a rule. */
export type StatementKind = "match" | "rate" | "group";

/**
 * What a WAF rule looks for. Made by the functions of this module only: cdktf does not type it, and passes camelCase on as it is,
 * so that a rule written by hand fails at apply, or worse, matches nothing.
 */
export class WafStatement<Kind extends StatementKind = StatementKind> {
  /** Keeps the compiler from taking an object that only looks like one. */
  declare protected readonly brand: never;

  constructor(
    readonly kind: Kind,
    /** The block in Terraform's own names. */
    readonly block: Readonly<Record<string, unknown>>,
    /** Web ACL capacity units, as documented; each text transformation counted every time, so rather too many than too few. */
    readonly capacity: number,
    /** How many logical statements stand in each other. */
    readonly depth: number = 0,
  ) {}
}

export type Statement = WafStatement<"match">;

/** Part of a request that a statement looks at. */
export type Field =
  | "uri-path"
  | "query-string"
  | "all-query-arguments"
  | "method"
  /** One header, by name. */
  | { readonly header: string }
  /** One argument of the query string, by name in any case. */
  | { readonly queryArgument: string }
  /** The first 8 KB of the body (16 KB at CloudFront), and what to make of a longer one. */
  | { readonly body: "CONTINUE" | "MATCH" | "NO_MATCH" };

/** What is done to a field before it is compared. Source: WAF developer guide, "Text transformations". */
export type Transformation =
  | "NONE"
  | "LOWERCASE"
  | "URL_DECODE"
  | "URL_DECODE_UNI"
  | "NORMALIZE_PATH"
  | "HTML_ENTITY_DECODE"
  | "COMPRESS_WHITE_SPACE"
  | "REMOVE_NULLS"
  | "BASE64_DECODE";

export type Position = "EXACTLY" | "STARTS_WITH" | "ENDS_WITH" | "CONTAINS" | "CONTAINS_WORD";

/** Where the client's address stands, behind a proxy. */
export interface ForwardedIp {
  /** Header that the proxy sets. A request without it escapes every rule that uses it. */
  readonly headerName: string;
  /**
   * Whether a request with no valid address there matches.
   * @default "MATCH"
   */
  readonly fallbackBehavior?: "MATCH" | "NO_MATCH";
}

/** All of them; one stands for itself. */
export function and(...statements: readonly Statement[]): Statement {
  return logical("and_statement", statements);
}

/** Any of them; one stands for itself. */
export function or(...statements: readonly Statement[]): Statement {
  return logical("or_statement", statements);
}

export function not(statement: Statement): Statement {
  return nest("not_statement", [statement]);
}

/** Text at a place in a field, at most 200 bytes, as written: in any case only after `LOWERCASE`. */
export function byteMatch(
  field: Field,
  position: Position,
  text: string,
  transformations: readonly Transformation[] = [],
): Statement {
  requireSize("byteMatch", text, 200);
  const block = { positional_constraint: position, search_string: escapeTemplate(text) };
  const base = position === "CONTAINS" || position === "CONTAINS_WORD" ? 10 : 2;
  return fieldMatch("byte_match_statement", block, base, field, transformations);
}

/** A regular expression (PCRE without back references and look-around) that matches somewhere in a field, at most 512 characters. */
export function regex(field: Field, pattern: string, transformations: readonly Transformation[] = []): Statement {
  requireSize("regex", pattern, 512);
  return fieldMatch("regex_match_statement", { regex_string: escapeTemplate(pattern) }, 3, field, transformations);
}

/** A field's size in bytes. */
export function size(field: Field, comparison: "EQ" | "NE" | "LE" | "LT" | "GE" | "GT", bytes: number): Statement {
  return fieldMatch("size_constraint_statement", { comparison_operator: comparison, size: bytes }, 1, field, []);
}

/** Text that looks like SQL injection. */
export function sqlInjection(field: Field, transformations: readonly Transformation[] = ["URL_DECODE"]): Statement {
  return fieldMatch("sqli_match_statement", { sensitivity_level: "LOW" }, 20, field, transformations);
}

/** Text that looks like cross-site scripting. */
export function crossSiteScripting(
  field: Field,
  transformations: readonly Transformation[] = ["URL_DECODE"],
): Statement {
  return fieldMatch("xss_match_statement", {}, 40, field, transformations);
}

/** Addresses of an IP set, by its ARN. */
export function ipSet(
  arn: string,
  forwardedIp?: ForwardedIp & { readonly position: "FIRST" | "LAST" | "ANY" },
): Statement {
  const forwarded = forwardedIp && { ...forwardedIpBlock(forwardedIp), position: forwardedIp.position };
  const block = { arn, ip_set_forwarded_ip_config: forwarded };
  return new WafStatement("match", { ip_set_reference_statement: block }, forwardedIp?.position === "ANY" ? 5 : 1);
}

/** Countries, by their two letters. */
export function geo(countryCodes: readonly string[], forwardedIp?: ForwardedIp): Statement {
  const bad = countryCodes.filter((code) => !isUnresolved(code) && !/^[A-Z]{2}$/.test(code));
  if (bad.length > 0 || countryCodes.length === 0) {
    refuse("geo", "country codes such as JP", show(bad), "They are the two capital letters of ISO 3166.");
  }
  const block = { country_codes: countryCodes, forwarded_ip_config: forwardedIp && forwardedIpBlock(forwardedIp) };
  return new WafStatement("match", { geo_match_statement: block }, 1);
}

/** A label that an earlier rule has put on the request. */
export function label(key: string): Statement {
  return new WafStatement("match", { label_match_statement: { scope: "LABEL", key } }, 1);
}

export interface RateLimit {
  /** Requests of one address in one window, at least 10. */
  readonly limit: number;
  /** Seconds to look back: 60, 120, 300 or 600. */
  readonly windowSec: number;
  /** Which requests count. */
  readonly scopeDown?: Statement;
  /** Where the client's address stands, behind a proxy. */
  readonly forwardedIp?: ForwardedIp;
}

/** Addresses that send more requests than the limit. */
export function rateBased({ limit, windowSec, scopeDown, forwardedIp }: RateLimit): WafStatement<"rate"> {
  const block = {
    aggregate_key_type: forwardedIp ? "FORWARDED_IP" : "IP",
    limit,
    evaluation_window_sec: windowSec,
    forwarded_ip_config: forwardedIp && forwardedIpBlock(forwardedIp),
    scope_down_statement: scopeDown && scopeDownBlock("rateBased", scopeDown),
  };
  return new WafStatement("rate", { rate_based_statement: block }, 2 + (scopeDown?.capacity ?? 0));
}

export interface ManagedGroup {
  /** For example `AWSManagedRulesLinuxRuleSet`. */
  readonly name: string;
  /** Its capacity units, from its documentation. */
  readonly capacity: number;
  /**
   * Who sells it.
   * @default "AWS"
   */
  readonly vendorName?: string;
  /** Rules of the group that are only to count. */
  readonly counted?: readonly string[];
  /** Which requests the group sees. */
  readonly scopeDown?: Statement;
}

/** A group of rules that AWS or another vendor keeps. */
export function managedGroup(group: ManagedGroup): WafStatement<"group"> {
  const { name, capacity, vendorName = "AWS", counted = [], scopeDown } = group;
  const overrides = counted.map((rule) => ({ name: rule, action_to_use: { count: {} } }));
  const block = {
    vendor_name: vendorName,
    name,
    rule_action_override: overrides.length > 0 ? overrides : undefined,
    scope_down_statement: scopeDown && scopeDownBlock("managedGroup", scopeDown),
  };
  return new WafStatement("group", { managed_rule_group_statement: block }, capacity + (scopeDown?.capacity ?? 0));
}

/** A group of rules of one's own, by its ARN. */
export function ruleGroup(arn: string, capacity: number): WafStatement<"group"> {
  return new WafStatement("group", { rule_group_reference_statement: { arn } }, capacity);
}

function logical(name: string, statements: readonly Statement[]): Statement {
  const [first, ...rest] = statements;
  if (first === undefined) refuse(name.slice(0, -"_statement".length), "at least one statement", "none", "Pass some.");
  return rest.length === 0 ? first : nest(name, statements);
}

function nest(name: string, statements: readonly Statement[]): Statement {
  const depth = 1 + Math.max(...statements.map((statement) => statement.depth));
  requireDepth(name.slice(0, -"_statement".length), depth, DEEPEST_NESTING);
  const capacity = statements.reduce((sum, statement) => sum + statement.capacity, 0);
  return new WafStatement("match", { [name]: { statement: statements.map(({ block }) => block) } }, capacity, depth);
}

function fieldMatch(
  name: string,
  block: Record<string, unknown>,
  base: number,
  field: Field,
  transformations: readonly Transformation[],
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

function forwardedIpBlock({ headerName, fallbackBehavior = "MATCH" }: ForwardedIp): Record<string, string> {
  return { header_name: headerName, fallback_behavior: fallbackBehavior };
}

function scopeDownBlock(name: string, statement: Statement): Readonly<Record<string, unknown>> {
  requireDepth(`${name}.scopeDown`, statement.depth, DEEPEST_SCOPE_DOWN);
  return statement.block;
}

function requireDepth(name: string, depth: number, deepest: number): void {
  if (depth <= deepest) return;
  const remedy = "Terraform knows no deeper ones: use De Morgan's laws, labels, or two rules.";
  refuse(name, `at most ${deepest} of and, or and not in each other`, `${depth}`, remedy);
}

function requireSize(name: string, text: string, most: number): void {
  if (isUnresolved(text)) return;
  const bytes = Buffer.byteLength(text);
  if (bytes >= 1 && bytes <= most) return;
  refuse(name, `1 to ${most} bytes`, `${bytes}`, "Split it into several statements.");
}

function refuse(prop: string, expected: string, got: string, remedy: string): never {
  throw new ConfigurationError("waf statement", [{ prop, expected, got, remedy }]);
}
