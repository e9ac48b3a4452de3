import { Token, Tokenization } from "cdktf";
import { describeType } from "../format-value";
import { isUnresolved } from "../tokens";
import { type Kind } from "./kind";

/** The remedy where nothing more specific is known. */
export const README = "See the table of props in the README.";

/** The remedies for a scalar of the wrong type. */
export const HOW_TO_WRITE: Readonly<Record<"text" | "number" | "boolean", string>> = {
  text: "Write it in quotes.",
  number: "Write it as a number, without quotes.",
  boolean: "Write true or false, without quotes.",
};

const ONE_TOKEN = /^\$\{TfToken\[[^\]]+\]\}$/;

function scalar<T>(
  expected: string,
  fits: (value: unknown) => boolean,
  asToken: (value: unknown) => unknown,
  quotes: string,
): Kind<T> {
  return {
    read(value, prop, problems) {
      if (fits(value)) return value;
      if (isWholeToken(value)) return asToken(value);
      const kept = value === null || ["string", "number", "boolean", "undefined"].includes(typeof value);
      const remedy = kept && value !== null && value !== undefined ? quotes : README;
      problems.addWrongType({ code: "core/wrong-type", prop, expected, got: describeType(value), remedy }, kept);
      return kept ? value : undefined;
    },
  };
}

/** Whether a value is one expression with nothing around it: a token with text around it is not a number. */
export function isWholeToken(value: unknown): boolean {
  // cdktf also calls a list or map that contains an expression unresolved.
  if (typeof value === "object") return Tokenization.isResolvable(value);
  return isUnresolved(value) && (typeof value !== "string" || ONE_TOKEN.test(value));
}

const text: Kind<string> = scalar(
  "text",
  (value) => typeof value === "string",
  (value) => Token.asString(value),
  HOW_TO_WRITE.text,
);

/** Characters that are lost or end the text where it is written: the end of a string in C, and half a character of UTF-16. */
const UNWRITABLE = [
  { pattern: /\0/, what: "the character U+0000" },
  { pattern: /\p{Cs}/u, what: "half of a surrogate pair" },
] as const;

/** Text that a file, a variable or a request of AWS can hold. Never shows the value, which may be a secret. */
export const string: Kind<string> = {
  read(value, prop, problems) {
    const found = typeof value === "string" ? UNWRITABLE.find(({ pattern }) => pattern.test(value)) : undefined;
    if (found === undefined) return text.read(value, prop, problems);
    problems.addWrongType(
      {
        code: "core/wrong-format",
        prop,
        expected: `text without ${found.what}`,
        got: "text with it",
        remedy: "Remove it, or encode the value, for example as base64.",
      },
      false,
    );
    return undefined;
  },
};

export const number: Kind<number> = scalar(
  "a number",
  (value) => typeof value === "number" && (Number.isFinite(value) || isUnresolved(value)),
  (value) => Token.asNumber(value),
  HOW_TO_WRITE.number,
);

/** Accepts boolean tokens; `Checks.literalBoolean` refuses them where the value decides what is synthesized. */
export const boolean: Kind<boolean> = scalar(
  "true or false",
  (value) => typeof value === "boolean",
  (value) => (typeof value === "object" ? value : Token.asAny(value)),
  HOW_TO_WRITE.boolean,
);

/** A number, or `false` to switch something off. */
export const numberOrFalse: Kind<number | false> = {
  read: (value, prop, problems) => (value === false ? value : number.read(value, prop, problems)),
};

/** Text, or another kind, usually an object. */
export function stringOr<T>(other: Kind<T>): Kind<string | T> {
  return {
    read: (value, prop, problems) =>
      typeof value !== "object" || value === null || isWholeToken(value)
        ? string.read(value, prop, problems)
        : other.read(value, prop, problems),
  };
}
