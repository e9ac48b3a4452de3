import { formatValue } from "../../core/format-value";
import * as kind from "../../core/kinds";
import { escapeTemplate, isUnresolved } from "../../core/tokens";
import { COUNTRY_CODES } from "./country-codes";
import {
  type Comparison,
  COMPARISON,
  type Field,
  FIELD,
  fieldBlock,
  type Position,
  POSITION,
  type Transformation,
  TRANSFORMATION_LIST,
} from "./fields";
import {
  checkForwardedIp,
  FORWARDED_IP,
  type ForwardedIp,
  forwardedIpBlock,
  LISTED_IP,
  type ListedIp,
} from "./forwarded-ip";
import { checkArn, readParameters, refuse } from "./parameters";
import { describeRegexMistake } from "./regular-expression";
import { type Statement, WafStatement } from "./waf-statement";

/** Source: WAF API reference, SizeConstraintStatement. */
const MAX_SIZE_BYTES = 21_474_836_480;
const FIELD_AND_TRANSFORMATIONS = { field: FIELD, transformations: TRANSFORMATION_LIST } as const;

/** Matches text of at most 200 bytes at a position in a field. Case matters, unless the field is transformed with `LOWERCASE`. */
export function byteMatch(
  field: Field,
  position: Position,
  text: string,
  transformations: readonly Transformation[] = [],
): Statement {
  const given = { field, position, text, transformations };
  const read = readParameters("byteMatch", given, {
    shape: { ...FIELD_AND_TRANSFORMATIONS, position: POSITION, text: kind.string },
    required: ["field", "position"],
  });
  requireSize("byteMatch", read.text, 200);
  requireMatchable(read.text, read.transformations);
  const block = { positional_constraint: position, search_string: escapeTemplate(read.text) };
  const base = position === "CONTAINS" || position === "CONTAINS_WORD" ? 10 : 2;
  return fieldMatch("byte_match_statement", block, base, read);
}

/** Matches a regular expression of at most 512 characters (PCRE without back references and look-around) anywhere in a field. */
export function regex(field: Field, pattern: string, transformations: readonly Transformation[] = []): Statement {
  const given = { field, pattern, transformations };
  const shape = { ...FIELD_AND_TRANSFORMATIONS, pattern: kind.string };
  const read = readParameters("regex", given, { shape, required: ["field"] });
  requireSize("regex", read.pattern, 512);
  requireRegex(read.pattern);
  return fieldMatch("regex_match_statement", { regex_string: escapeTemplate(read.pattern) }, 3, read);
}

/** Compares a field's size in bytes. */
export function size(field: Field, comparison: Comparison, bytes: number): Statement {
  const given = { field, comparison, bytes };
  const range = { min: 0, max: MAX_SIZE_BYTES, unit: "bytes" };
  const read = readParameters("size", given, {
    shape: { field: FIELD, comparison: COMPARISON, bytes: kind.number },
    required: ["field", "comparison", "bytes"],
    more: (checks, parameters) => checks.integer("size.bytes", parameters.bytes, range, "WAF supports no other sizes."),
  });
  const block = { comparison_operator: comparison, size: read.bytes };
  return fieldMatch("size_constraint_statement", block, 1, { field: read.field, transformations: [] });
}

/** Matches text that looks like SQL injection. */
export function sqlInjection(field: Field, transformations: readonly Transformation[] = ["URL_DECODE"]): Statement {
  const read = readField("sqlInjection", field, transformations);
  return fieldMatch("sqli_match_statement", { sensitivity_level: "LOW" }, 20, read);
}

/** Matches text that looks like cross-site scripting. */
export function crossSiteScripting(
  field: Field,
  transformations: readonly Transformation[] = ["URL_DECODE"],
): Statement {
  return fieldMatch("xss_match_statement", {}, 40, readField("crossSiteScripting", field, transformations));
}

/** Matches the addresses of an IP set, given by its ARN. */
export function ipSet(arn: string, forwardedIp?: ListedIp): Statement {
  const given = { arn, forwardedIp };
  const read = readParameters("ipSet", given, {
    shape: { arn: kind.string, forwardedIp: LISTED_IP },
    required: ["arn"],
    more: (checks, parameters) => {
      checkArn("ipSet")(checks, parameters);
      checkForwardedIp("ipSet")(checks, parameters);
    },
  });
  const proxy = read.forwardedIp;
  const forwarded = proxy && { ...forwardedIpBlock(proxy), position: proxy.position };
  const block = { arn: read.arn, ip_set_forwarded_ip_config: forwarded };
  return new WafStatement("match", { ip_set_reference_statement: block }, proxy?.position === "ANY" ? 5 : 1);
}

/** Matches addresses of countries, given by their two-letter codes. */
export function geo(countryCodes: readonly string[], forwardedIp?: ForwardedIp): Statement {
  const given = { countryCodes, forwardedIp };
  const read = readParameters("geo", given, {
    shape: { countryCodes: kind.array(kind.string), forwardedIp: FORWARDED_IP },
    required: ["countryCodes"],
    more: checkForwardedIp("geo"),
  });
  const literalCodes = isUnresolved(read.countryCodes) ? undefined : read.countryCodes;
  const malformed = literalCodes?.filter((code) => !isUnresolved(code) && !COUNTRY_CODES.has(code)) ?? [];
  if (malformed.length > 0 || literalCodes?.length === 0) {
    refuse({
      code: "waf/country-code",
      prop: "geo",
      expected: "country codes such as JP",
      got: formatValue(malformed),
      remedy: "Use the two-letter codes of ISO 3166, in capitals.",
    });
  }
  requireDistinct("geo", literalCodes ?? []);
  const forwarded = read.forwardedIp && forwardedIpBlock(read.forwardedIp);
  const block = { country_codes: read.countryCodes, forwarded_ip_config: forwarded };
  return new WafStatement("match", { geo_match_statement: block }, 1);
}

/** Matches a label that an earlier rule put on the request. */
export function label(key: string): Statement {
  const read = readParameters(
    "label",
    { key },
    {
      shape: { key: kind.string },
      required: ["key"],
      // Source: WAFV2 API model (botocore), LabelMatchKey.
      more: (checks, given) =>
        checks.matches(
          "label.key",
          given.key,
          /^[0-9A-Za-z_:-]{1,1024}$/,
          "a label such as awswaf:managed:aws:core-rule-set:NoUserAgent_Header",
          "The documentation of the rule that adds it spells it.",
        ),
    },
  );
  return new WafStatement("match", { label_match_statement: { scope: "LABEL", key: escapeTemplate(read.key) } }, 1);
}

interface FieldAndTransformations {
  readonly field: Field;
  readonly transformations: readonly Transformation[];
}

function readField(name: string, field: Field, transformations: readonly Transformation[]): FieldAndTransformations {
  return readParameters(name, { field, transformations }, { shape: FIELD_AND_TRANSFORMATIONS, required: ["field"] });
}

function fieldMatch(
  name: string,
  block: Record<string, unknown>,
  baseCapacity: number,
  { field, transformations }: FieldAndTransformations,
): Statement {
  const transforming = transformations.filter((type) => type !== "NONE");
  const types = transforming.length > 0 ? transforming : ["NONE"];
  const whole = {
    ...block,
    field_to_match: fieldBlock(field),
    text_transformation: types.map((type, priority) => ({ priority, type })),
  };
  const capacity = baseCapacity + (field === "all-query-arguments" ? 10 : 0) + 10 * transforming.length;
  return new WafStatement("match", { [name]: whole }, capacity);
}

/** Refuses text that a transformation keeps from ever being found. */
function requireMatchable(text: string, transformations: readonly Transformation[]): void {
  if (isUnresolved(text) || !transformations.includes("LOWERCASE") || !/[A-Z]/.test(text)) return;
  refuse({
    code: "waf/never-matches",
    prop: "byteMatch",
    expected: "text in lower case with the transformation LOWERCASE",
    got: formatValue(text),
    remedy: "Write the text in lower case: WAF transforms the request, and compares it with the text as it is.",
  });
}

function requireDistinct(name: string, values: readonly string[]): void {
  const repeated = values.filter((value, index) => values.indexOf(value) !== index);
  if (repeated.length === 0) return;
  refuse({
    code: "core/duplicate",
    prop: name,
    expected: "each of them once",
    got: repeated.map(formatValue).join(", "),
    remedy: "Remove the repeated one.",
  });
}

function requireRegex(pattern: string): void {
  const mistake = isUnresolved(pattern) ? undefined : describeRegexMistake(pattern);
  if (mistake === undefined) return;
  refuse({
    code: "waf/regular-expression",
    prop: "regex",
    expected: "a regular expression that WAF can compile",
    got: `${formatValue(pattern)}, ${mistake}`,
    remedy: "WAF supports PCRE without back references, look-around, atomic groups and possessive quantifiers.",
  });
}

function requireSize(name: string, text: string | undefined, maxBytes: number): void {
  if (isUnresolved(text)) return;
  const bytes = Buffer.byteLength(text ?? "");
  if (bytes >= 1 && bytes <= maxBytes) return;
  refuse({
    code: "waf/text-size",
    prop: name,
    expected: `1 to ${maxBytes} bytes`,
    got: `${bytes}`,
    remedy: "Split it into several statements.",
  });
}
