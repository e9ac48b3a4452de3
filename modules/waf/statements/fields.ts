import * as kind from "../../core/kinds";
import { formatValue } from "../../core/format-value";

const FIELD_NAMES = ["uri-path", "query-string", "all-query-arguments", "method"] as const;
const OVERSIZE_HANDLING = ["CONTINUE", "MATCH", "NO_MATCH"] as const;
const TRANSFORMATIONS = [
  "NONE",
  "LOWERCASE",
  "URL_DECODE",
  "URL_DECODE_UNI",
  "NORMALIZE_PATH",
  "HTML_ENTITY_DECODE",
  "COMPRESS_WHITE_SPACE",
  "REMOVE_NULLS",
  "BASE64_DECODE",
] as const;
const POSITIONS = ["EXACTLY", "STARTS_WITH", "ENDS_WITH", "CONTAINS", "CONTAINS_WORD"] as const;
const COMPARISONS = ["EQ", "NE", "LE", "LT", "GE", "GT"] as const;

/** Part of a request that a statement inspects. */
export type Field =
  | (typeof FIELD_NAMES)[number]
  /** One header, by name. */
  | { readonly header: string }
  /** One argument of the query string, by name; case is ignored. */
  | { readonly queryArgument: string }
  /** The first 8 KB of the body (16 KB at CloudFront), and how a longer body is handled. */
  | { readonly body: (typeof OVERSIZE_HANDLING)[number] };

/** What is done to a field before it is compared. Source: WAF developer guide, "Text transformations". */
export type Transformation = (typeof TRANSFORMATIONS)[number];
/** Where in the field the text must be. */
export type Position = (typeof POSITIONS)[number];
/** How a size is compared. */
export type Comparison = (typeof COMPARISONS)[number];

const SPELLING = "Spell it as the WAF API does.";
const FIELD_NAME = kind.literalOneOf(FIELD_NAMES, SPELLING);
const FIELD_OBJECT = kind.object<{
  header?: string | undefined;
  queryArgument?: string | undefined;
  body?: (typeof OVERSIZE_HANDLING)[number] | undefined;
}>({ header: kind.string, queryArgument: kind.string, body: kind.literalOneOf(OVERSIZE_HANDLING, SPELLING) });

export const FIELD: kind.Kind<Field> = {
  read(value, prop, problems) {
    if (typeof value === "object" && value !== null && Object.keys(value).length === 1) {
      return FIELD_OBJECT.read(value, prop, problems);
    }
    if (typeof value === "string") return FIELD_NAME.read(value, prop, problems);
    const expected = `one of ${FIELD_NAMES.join(", ")}, or an object with header, queryArgument or body`;
    const remedy = "Name one part of the request.";
    problems.addWrongType({ code: "waf/field", prop, expected, got: formatValue(value), remedy }, false);
    return undefined;
  },
};

export const TRANSFORMATION_LIST = kind.array(kind.literalOneOf(TRANSFORMATIONS, SPELLING));
export const POSITION = kind.literalOneOf(POSITIONS, SPELLING);
export const COMPARISON = kind.literalOneOf(COMPARISONS, SPELLING);

/** Renders a field in Terraform's names. */
export function fieldBlock(field: Field): Record<string, unknown> {
  if (typeof field === "string") return { [field.replaceAll("-", "_")]: {} };
  // Terraform requires lower-case names; WAF itself ignores case.
  if ("header" in field) return { single_header: { name: field.header.toLowerCase() } };
  if ("queryArgument" in field) return { single_query_argument: { name: field.queryArgument.toLowerCase() } };
  return { body: { oversize_handling: field.body } };
}
