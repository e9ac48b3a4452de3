import * as fc from "fast-check";
import { ODD_KINDS, Special, TOKENS } from "./special";

const numbers = fc.constantFrom<unknown>(
  0,
  -0,
  1,
  -1,
  0.5,
  1e21,
  -1e308,
  Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER + 1,
  Number.MIN_VALUE,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
);

const texts = fc.constantFrom<unknown>(
  "",
  " ",
  "\n",
  "a\nb",
  "a\u0000b",
  "名前",
  "é",
  "\ud800",
  "😀",
  "${",
  "%{",
  "${var.missing}",
  "%{ if true }x%{ endif }",
  "$${x}",
  '"',
  "\\",
  "'",
  "`",
  "*",
  "**",
  "a/b",
  "../..",
  "__proto__",
  "constructor",
  "toString",
  "123456789012",
  "0x10",
  "1e3",
  "true",
  "arn:aws:::",
  "x".repeat(10_000),
);

const NESTED = fc.constantFrom<unknown>([], {}, [null], [[]], { a: {} }, [{}], { a: null }, { length: 2 }, ["", ""]);

const tokens = fc.constantFrom<unknown>(
  ...Object.keys(TOKENS.text).map((kind) => new Special(kind as keyof typeof TOKENS.text, "lazy")),
  ...Object.keys(TOKENS.number).map((kind) => new Special(kind as keyof typeof TOKENS.number, 7)),
  ...Object.keys(TOKENS.list).map((kind) => new Special(kind as keyof typeof TOKENS.list, ["lazy"])),
  ...Object.keys(TOKENS.map).map((kind) => new Special(kind as keyof typeof TOKENS.map)),
  ...Object.keys(TOKENS.boolean).map((kind) => new Special(kind as keyof typeof TOKENS.boolean)),
);

const odd = fc.constantFrom<unknown>(...ODD_KINDS.map((kind) => new Special(kind, { a: "x" })));

/** Generates invalid values that JavaScript callers or casts can pass. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<unknown>(undefined, null, true, false) },
  { weight: 2, arbitrary: numbers },
  { weight: 3, arbitrary: texts },
  { weight: 2, arbitrary: NESTED },
  { weight: 3, arbitrary: tokens },
  { weight: 2, arbitrary: odd },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
);

/** Generates unknown keys and keys with a special meaning in JavaScript. */
export const hostileKey: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "",
    "__proto__",
    "constructor",
    "toString",
    "a.b",
    "a b",
    "A",
    "名前",
    "${x}",
    "1",
    "a/b",
    "-",
    "a--b",
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
);
