import { Checks, formatValue } from "../../core/checks";
import { ConfigurationError } from "../../core/configuration-error";
import * as kind from "../../core/kinds";
import { WafStatement, type Statement } from "./waf-statement";

/** Part of a request that a statement looks at. */
export type Field =
  | (typeof FIELD_NAMES)[number]
  /** One header, by name. */
  | { readonly header: string }
  /** One argument of the query string, by name in any case. */
  | { readonly queryArgument: string }
  /** The first 8 KB of the body (16 KB at CloudFront), and what to make of a longer one. */
  | { readonly body: (typeof OVERSIZE)[number] };

const FIELD_NAMES = ["uri-path", "query-string", "all-query-arguments", "method"] as const;
const OVERSIZE = ["CONTINUE", "MATCH", "NO_MATCH"] as const;

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

/** What is done to a field before it is compared. Source: WAF developer guide, "Text transformations". */
export type Transformation = (typeof TRANSFORMATIONS)[number];

const POSITIONS = ["EXACTLY", "STARTS_WITH", "ENDS_WITH", "CONTAINS", "CONTAINS_WORD"] as const;
export type Position = (typeof POSITIONS)[number];

/** Where the client's address stands, behind a proxy. */
export interface ForwardedIp {
  /** Header that the proxy sets. A request without it escapes every rule that uses it. */
  readonly headerName: string;
  /**
   * Whether a request with no valid address there matches.
   * @default "MATCH"
   */
  readonly fallbackBehavior?: (typeof FALLBACKS)[number];
}

/** A set of addresses compared with a header, which may hold several. */
export type ListedIp = ForwardedIp & { readonly position: (typeof POSITIONS_OF_IP)[number] };

const FALLBACKS = ["MATCH", "NO_MATCH"] as const;
const POSITIONS_OF_IP = ["FIRST", "LAST", "ANY"] as const;

/** One of a few words, literally: which of them decides what is made and what it costs. */
export function choice<T extends string>(allowed: readonly T[]): kind.Kind<T> {
  return {
    read(value, prop, problems) {
      if (allowed.some((word) => word === value)) return value;
      const expected = `one of ${allowed.join(", ")}`;
      problems.addWrongType(
        { prop, expected, got: formatValue(value), remedy: "Spell it as the WAF API does." },
        false,
      );
      return undefined;
    },
  };
}

const FIELD_OBJECT = kind.object<{ header?: string; queryArgument?: string; body?: (typeof OVERSIZE)[number] }>({
  header: kind.string,
  queryArgument: kind.string,
  body: choice(OVERSIZE),
});

const FIELD: kind.Kind<Field> = {
  read(value, prop, problems) {
    if (typeof value === "object" && value !== null && Object.keys(value).length === 1) {
      return FIELD_OBJECT.read(value, prop, problems);
    }
    if (typeof value === "string") return choice(FIELD_NAMES).read(value, prop, problems);
    const expected = `one of ${FIELD_NAMES.join(", ")}, or an object with header, queryArgument or body`;
    problems.addWrongType({ prop, expected, got: formatValue(value), remedy: "Name one part of the request." }, false);
    return undefined;
  },
};

const STATEMENT: kind.Kind<Statement> = {
  read(value, prop, problems) {
    if (value instanceof WafStatement && value.kind === "match") return value;
    const got = value instanceof WafStatement ? `a ${value.kind}` : formatValue(value);
    const remedy =
      "Rate limits and rule groups are allowed only at the top of a rule; make other statements with this module's functions.";
    problems.addWrongType({ prop, expected: "a statement that can be nested", got, remedy }, false);
    return undefined;
  },
};

const FORWARDED_IP = { headerName: kind.string, fallbackBehavior: choice(FALLBACKS) } as const;

/** What the parameters of the functions that make statements are. */
export const KINDS = {
  ...kind,
  field: FIELD,
  transformations: kind.array(choice(TRANSFORMATIONS)),
  position: choice(POSITIONS),
  statement: STATEMENT,
  forwardedIp: kind.object<ForwardedIp>(FORWARDED_IP),
  listedIp: kind.object<ListedIp>({ ...FORWARDED_IP, position: choice(POSITIONS_OF_IP) }),
} as const;

/**
 * Reads what a function of this module is called with.
 * @param required the parameters that have no default
 * @param more what else has to hold
 * @throws ConfigurationError with every problem of the parameters
 */
export function readParameters<P extends object>(
  name: string,
  given: P,
  { shape, required, more }: { shape: kind.Shape<P>; required: readonly (keyof P & string)[]; more?: Check<P> },
): P {
  const checks = new Checks("waf statement");
  const read = kind.object(shape).read(given, name, checks) as P | undefined;
  for (const parameter of read ? required : []) {
    checks.required(`${name}.${parameter}`, given[parameter], "It has no default.");
  }
  if (read) more?.(checks, read);
  checks.throwIfInvalid();
  return read!;
}

type Check<P> = (checks: Checks, parameters: P) => void;

export function checkForwardedIp(name: string) {
  return (checks: Checks, { forwardedIp }: { readonly forwardedIp?: ForwardedIp | undefined }) => {
    if (!forwardedIp) return;
    const prop = `${name}.forwardedIp.headerName`;
    checks.required(prop, forwardedIp.headerName, "Name the header that the proxy sets.");
  };
}

export function checkArn(name: string) {
  return (checks: Checks, { arn }: { readonly arn: string }) =>
    checks.arn(`${name}.arn`, arn, "wafv2", "Pass the ARN, not the name or the id.");
}

/** How deep statements may stand in each other is part of the provider's schema. */
export function requireDepth(name: string, depth: number, deepest: number): void {
  if (depth <= deepest) return;
  const remedy = "The Terraform provider supports no deeper nesting: use De Morgan's laws, labels, or two rules.";
  refuse(name, `at most ${deepest} levels of and, or and not`, `${depth}`, remedy);
}

export function forwardedIpBlock({ headerName, fallbackBehavior = "MATCH" }: ForwardedIp): Record<string, string> {
  return { header_name: headerName, fallback_behavior: fallbackBehavior };
}

/** @throws ConfigurationError */
export function refuse(prop: string, expected: string, got: string, remedy: string): never {
  throw new ConfigurationError("waf statement", [{ prop, expected, got, remedy }]);
}
