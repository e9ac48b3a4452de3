/**
 * Syntax of PCRE that WAF does not support.
 * Source: WAF developer guide, "Regex pattern set match rule statement" and "Supported regular expression syntax in AWS WAF".
 */
const UNSUPPORTED: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: "look-around", pattern: /^\(\?<?[=!]/ },
  { what: "an atomic group", pattern: /^\(\?>/ },
  { what: "a conditional", pattern: /^\(\?\(/ },
  { what: "recursion", pattern: /^\(\?(?:R|[+-]?\d|&|P>)/ },
  { what: "a callout", pattern: /^\(\?C/ },
  { what: "a control verb", pattern: /^\(\*/ },
  { what: "a back reference", pattern: /^(?:\\(?:[1-9]|g\{?-?\w|k[<'{])|\(\?P=)/ },
  { what: "\\C, \\R or \\K", pattern: /^\\[CRK]/ },
  { what: "a possessive quantifier", pattern: /^(?:[*+?]|\{\d+(?:,\d*)?\})\+/ },
];

/** Returns what keeps WAF from compiling a regular expression; `undefined` when it can. */
export function describeRegexMistake(pattern: string): string | undefined {
  const tokens = split(pattern);
  for (const [index, token] of tokens.entries()) {
    const rest = tokens.slice(index).join("");
    const found = token.startsWith("[") ? undefined : UNSUPPORTED.find(({ pattern: syntax }) => syntax.test(rest));
    if (found) return `one with ${found.what}`;
  }
  try {
    // Without the flag u, JavaScript reads a lone brace literally, as PCRE does.
    new RegExp(inJavaScript(tokens));
    return undefined;
  } catch (error) {
    return `one that does not compile (${error instanceof Error ? error.message.split(": ").at(-1) : String(error)})`;
  }
}

/** Splits a pattern into character classes, escapes and single characters. */
function split(pattern: string): string[] {
  return pattern.match(/\\[\s\S]|\[\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]|[\s\S]/g) ?? [];
}

/** Rewrites what PCRE writes differently from JavaScript: inline flags, named groups, anchors and classes of POSIX. */
function inJavaScript(tokens: readonly string[]): string {
  return tokens
    .map((token) =>
      token.startsWith("[") ? token.replace(/^\[(\^?)\]/, "[$1\\]").replace(/\[:\^?\w+:\]/g, "a") : token,
    )
    .join("")
    .replace(/\(\?[imsx-]+\)/g, "")
    .replace(/\(\?[imsx-]+:/g, "(?:")
    .replace(/\(\?P</g, "(?<")
    .replace(/\\[AZz]/g, "");
}
