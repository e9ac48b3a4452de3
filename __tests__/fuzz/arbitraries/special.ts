import { Fn, type IResolvable, Lazy, TerraformVariable, Token, VariableType } from "cdktf";
import { type Construct } from "constructs";
import * as fc from "fast-check";

/**
 * Describes a value that plain data cannot contain: a token, which needs a stack, or an unusual object. Descriptions can be printed and
 * shrunk; `materialize` replaces them by the values.
 */
export class Special {
  constructor(
    readonly kind: SpecialKind,
    readonly inner?: unknown,
  ) {}

  [fc.toStringMethod](): string {
    return `<${this.kind}${this.inner === undefined ? "" : ` ${fc.stringify(this.inner)}`}>`;
  }
}

type Make = (scope: Construct, inner: unknown) => unknown;

const variable = (scope: Construct, type?: string): TerraformVariable =>
  new TerraformVariable(scope, `variable-${scope.node.children.length}`, type === undefined ? {} : { type });

/** Tokens by their TypeScript type. */
export const TOKENS = {
  text: {
    "lazy text": (_, inner) => Lazy.stringValue({ produce: () => inner as string }),
    "variable of type string": (scope) => variable(scope, VariableType.STRING).stringValue,
    "variable of any type": (scope) => variable(scope).value as unknown,
    "text around a variable": (scope) => `a-${variable(scope, VariableType.STRING).stringValue}`,
    "result of a function": (scope) => Token.asString(Fn.lower(variable(scope, VariableType.STRING).stringValue)),
  },
  number: {
    "lazy number": (_, inner) => Lazy.numberValue({ produce: () => inner as number }),
    "variable of type number": (scope) => variable(scope, VariableType.NUMBER).numberValue,
    "length of a list": (scope) => Token.asNumber(Fn.lengthOf(variable(scope, VariableType.LIST_STRING).listValue)),
  },
  list: {
    "lazy list": (_, inner) => Lazy.listValue({ produce: () => inner as string[] }),
    "variable of type list": (scope) => variable(scope, VariableType.LIST_STRING).listValue,
  },
  map: {
    "variable of type map": (scope) => Token.asStringMap(variable(scope, VariableType.MAP_STRING).value as IResolvable),
  },
  boolean: {
    "variable of type bool": (scope) => variable(scope, VariableType.BOOL).booleanValue,
  },
} as const satisfies Record<string, Record<string, Make>>;

/** Unusual objects. */
const ODD = {
  "a frozen object": (_, inner) => Object.freeze(inner),
  "a proxy of": (_, inner) => new Proxy(Object(inner) as object, {}),
  "an object without prototype": (_, inner) => Object.assign(Object.create(null) as object, inner),
  "an object that holds itself": () => {
    const self: Record<string, unknown> = {};
    self["self"] = self;
    return self;
  },
  "an array that holds itself": () => {
    const self: unknown[] = [];
    self.push(self);
    return self;
  },
  "a sparse array": () => Object.assign([], { length: 3 }),
  "an object with its own __proto__": () => JSON.parse('{ "__proto__": { "name": "x" } }') as unknown,
  "a boxed text": (_, inner) => Object(inner) as unknown,
  "a map": () => new Map([["a", 1]]),
  "a set": () => new Set(["a"]),
  "a date": () => new Date(0),
  "an invalid date": () => new Date(Number.NaN),
  "a regular expression": () => /x/,
  "an error": () => new Error("x"),
  "a symbol": () => Symbol("x"),
  "a big integer": () => 10n,
  "a function": () => () => "x",
  "a class": () => Special,
  "a buffer": () => Buffer.from("x"),
  "a promise": () => Promise.resolve("x"),
} as const satisfies Record<string, Make>;

const MAKERS: Readonly<Record<string, Make>> = {
  ...TOKENS.text,
  ...TOKENS.number,
  ...TOKENS.list,
  ...TOKENS.map,
  ...TOKENS.boolean,
  ...ODD,
};

type Kinds<T> = T extends Record<string, unknown> ? keyof T & string : never;
export type SpecialKind = Kinds<(typeof TOKENS)[keyof typeof TOKENS]> | Kinds<typeof ODD>;

export const ODD_KINDS = Object.keys(ODD) as (keyof typeof ODD)[];

/** Replaces all descriptions in generated data by their values. Terraform variables are created in the scope. */
export function materialize(scope: Construct, value: unknown): unknown {
  if (value instanceof Special) return MAKERS[value.kind]!(scope, materialize(scope, value.inner));
  if (Array.isArray(value)) return value.map((item) => materialize(scope, item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, materialize(scope, item)]));
}
