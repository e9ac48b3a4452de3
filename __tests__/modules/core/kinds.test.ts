import { App, Lazy, ref, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { Checks } from "../../../modules/core/checks";
import * as kind from "../../../modules/core/kinds";
import { readProps } from "../../../modules/core/props";
import { withoutCodes } from "../../helpers/refusal";

interface Nested {
  readonly size: number;
}
interface Example {
  readonly name?: string;
  readonly count?: number;
  readonly limit?: number | false;
  readonly on?: boolean;
  readonly names?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly nested?: Nested;
  readonly network?: { readonly id: string };
  readonly parameter?: string | { readonly value: string };
  readonly anything?: unknown;
}
const SHAPE: kind.Shape<Example> = {
  name: kind.string,
  count: kind.number,
  limit: kind.numberOrFalse,
  on: kind.boolean,
  names: kind.array(kind.string),
  tags: kind.record(kind.string),
  nested: kind.object<Nested>({ size: kind.number }),
  network: kind.looseObject<{ id: string }>({ id: kind.string }),
  parameter: kind.stringOr(kind.object<{ value: string }>({ value: kind.string })),
  anything: kind.unknown,
};

const scope = new Construct(new TerraformStack(new App(), "test"), "x");
function read(props: object, check: (checks: Checks, props: Example) => void = () => {}): Example {
  const checks = new Checks(scope);
  const complete = readProps(checks, props as Example, SHAPE, {});
  check(checks, complete);
  checks.throwIfInvalid();
  return complete;
}
function refusedAs(props: object, check?: (checks: Checks, props: Example) => void): string[] {
  try {
    read(props, check);
  } catch (error) {
    return withoutCodes((error as Error).message)
      .split("\n")
      .map((line) => line.replace("[test/x] ", ""));
  }
  throw new Error("went through");
}

const quotes = "Write it in quotes.";
const bare = "Write it as a number, without quotes.";
const table = "See the table of props in the README.";
const written = "Write the keys out: they have to be known at synth.";
class Money {
  readonly size = 3;
}

it.each<[string, object, string]>([
  ["a number for text", { name: 5 }, `name: expected text, got a value of type number. ${quotes}`],
  ["null for text", { name: null }, `name: expected text, got null. ${table}`],
  ["a function for text", { name: () => "x" }, `name: expected text, got a value of type function. ${table}`],
  ["a list for text", { name: ["x"] }, `name: expected text, got an array. ${table}`],
  [
    "a map known only at apply for text",
    { name: Token.asStringMap(ref("var.x")) },
    `name: expected text, got a value that is known only at apply. ${table}`,
  ],
  ["text for a number", { count: "5" }, `count: expected a number, got a value of type string. ${bare}`],
  ["NaN", { count: Number.NaN }, `count: expected a number, got a value of type number. ${bare}`],
  ["infinity", { count: Infinity }, `count: expected a number, got a value of type number. ${bare}`],
  ["a bigint", { count: 5n }, `count: expected a number, got a value of type bigint. ${table}`],
  ["a symbol", { count: Symbol("x") }, `count: expected a number, got a value of type symbol. ${table}`],
  ["true for a number or false", { limit: true }, `limit: expected a number, got a value of type boolean. ${bare}`],
  [
    "text for a switch",
    { on: "false" },
    "on: expected true or false, got a value of type string. Write true or false, without quotes.",
  ],
  [
    "text for a list",
    { names: "x" },
    "names: expected a list, got a value of type string. Put its elements in brackets.",
  ],
  ["a number in a list", { names: ["x", 5] }, `names[1]: expected text, got a value of type number. ${quotes}`],
  ["a gap in a list", { names: Array(1) }, `names[0]: expected text, got nothing. ${table}`],
  ["a list for a record", { tags: [] }, `tags: expected an object with a key for each entry, got an array. ${written}`],
  [
    "a map for a record",
    { tags: new Map([["a", "b"]]) },
    `tags: expected an object with a key for each entry, got an instance of Map. ${written}`,
  ],
  [
    "a record that is known only at apply",
    { tags: Token.asStringMap(ref("var.x")) },
    `tags: expected an object with a key for each entry, got a value that is known only at apply. ${written}`,
  ],
  ["nothing in a record", { tags: { a: undefined } }, `tags.a: expected text, got nothing. ${table}`],
  ["null for an object", { nested: null }, `nested: expected an object, got null. ${table}`],
  ["a date for an object", { nested: new Date(0) }, `nested: expected an object, got an instance of Date. ${table}`],
  [
    "text for a part",
    { network: "vpc-0123456789abcdef0" },
    `network: expected an object, got a value of type string. ${table}`,
  ],
  [
    "a number for text or an object",
    { parameter: 5 },
    `parameter: expected text, got a value of type number. ${quotes}`,
  ],
  [
    "an unknown key of an object",
    { nested: { size: 1, sice: 2 } },
    "nested.sice: expected a prop that exists, got an unknown one. Known props: size.",
  ],
  [
    "a nested key that every object inherits",
    { nested: { size: 1, constructor: 2 } },
    "nested.constructor: expected a prop that exists, got an unknown one. Known props: size.",
  ],
  [
    "a key that every object inherits",
    { toString: "x" },
    "toString: expected a prop that exists, got an unknown one. Known props: anything, count, limit, name, names, nested, network, on, parameter, tags.",
  ],
  [
    "a getter that throws",
    {
      get name() {
        throw new Error("hunter2");
      },
    },
    "name: expected a value that can be read, got one that throws. Pass a plain value.",
  ],
])("refuses %s", (_, props, message) => expect(refusedAs(props)).toEqual([message]));

it("reports wrong kinds, unknown keys and the checks' problems in one error", () => {
  const check = (checks: Checks) => checks.integer("count", 0, { min: 1, max: 2 }, "Take 1.");
  expect(refusedAs({ name: 5, sise: 1, count: 0 }, check).map((line) => line.split(" ")[0])).toEqual([
    "name:",
    "sise:",
    "count:",
  ]);
});

it("leaves a simple value of the wrong kind to the prop's own check, whose message is more precise", () => {
  const check = (checks: Checks, { count, names }: Example) => {
    checks.integer("count", count, { min: 1, max: 2 }, "Take 1.");
    for (const name of names ?? []) checks.matches("names", name, /^a$/, "an a", "Take a.");
  };
  expect(refusedAs({ count: "2", names: [5] }, check)).toEqual([
    'count: expected a whole number from 1 to 2, got "2". Write it as a number, without quotes.',
    "names: expected an a, got 5. Write it in quotes.",
  ]);
});

it("removes values that would break a check, and does not report them as missing", () => {
  const check = (checks: Checks, { names, nested }: Example) => {
    checks.count("names", names ?? [], { min: 1, max: 2 }, "Name one.");
    checks.required("nested.size", nested?.size, "Give one.");
    checks.required("other", undefined, "Give it.");
  };
  expect(refusedAs({ names: [null, {}], nested: [] }, check)).toEqual([
    `names[0]: expected text, got null. ${table}`,
    `names[1]: expected text, got a value of type object. ${table}`,
    `nested: expected an object, got an array. ${table}`,
    "other: expected a value, got nothing. Give it.",
  ]);
});

it("converts every Terraform expression to cdktf's token for the kind", () => {
  const expression = Lazy.anyValue({ produce: () => 5 });
  const props = read({ name: expression, count: expression, names: expression, on: expression });
  expect(props).toEqual({
    name: expect.stringMatching(/^\$\{TfToken\[/) as string,
    count: expect.any(Number) as number,
    names: [expect.stringContaining("TfToken[") as string],
    on: expression,
  });
  expect(Token.isUnresolved(props.count)).toBe(true);
  const text = Token.asString(expression);
  expect(Token.isUnresolved(read({ count: text }).count)).toBe(true);
  expect(typeof read({ name: Token.asNumber(expression) }).name).toBe("string");
  expect(read({ names: [text], parameter: text })).toEqual({ names: [text], parameter: text });
  expect(refusedAs({ count: `about ${text}` })).toEqual([
    `count: expected a number, got a value that is known only at apply. ${bare}`,
  ]);
});

it("copies and freezes plain objects, and reads only the needed fields of a construct", () => {
  const anything = { list: [{ a: 1 }], money: new Money() };
  const network = Object.assign(new Construct(scope, "network"), { id: "vpc-0123456789abcdef0" });
  const props = read({ anything, network, nested: Object.assign(Object.create(null) as object, { size: 2 }) });
  expect(props).toEqual({ anything, network: { id: "vpc-0123456789abcdef0" }, nested: { size: 2 } });
  expect(Object.isFrozen((props.anything as typeof anything).list[0])).toBe(true);
  expect((props.anything as typeof anything).money).toBe(anything.money);
  expect(Object.isFrozen(anything)).toBe(false);
});

describe("a choice", () => {
  interface Choices {
    readonly size?: "small" | "large";
    readonly days?: 1 | 7;
    readonly mode?: "count" | "block";
  }
  const SHAPE_OF_CHOICES: kind.Shape<Choices> = {
    size: kind.oneOf(["small", "large"], "Take a size."),
    days: kind.oneOf([1, 7]),
    mode: kind.literalOneOf(["count", "block"], "Take a mode."),
  };
  const choose = (props: object) => {
    const checks = new Checks(scope);
    const choices = readProps(checks, props as Choices, SHAPE_OF_CHOICES, {});
    checks.throwIfInvalid();
    return choices;
  };

  it("accepts its values, and tokens where a literal is not needed", () => {
    expect(choose({ size: "large", days: 7, mode: "block" })).toEqual({ size: "large", days: 7, mode: "block" });
    const text = Token.asString(ref("var.size"));
    expect(choose({ size: text })).toEqual({ size: text });
    expect(typeof choose({ days: Token.asAny(ref("var.days")) }).days).toBe("number");
  });

  it.each<[object, string]>([
    [{ size: "huge" }, 'size: expected one of small, large, got "huge". Take a size. (core/not-one-of)'],
    [{ size: null }, "size: expected one of small, large, got null. Take a size. (core/not-one-of)"],
    [{ size: ["small"] }, "size: expected one of small, large, got an array. Take a size. (core/not-one-of)"],
    [{ days: "7" }, `days: expected one of 1, 7, got "7". ${table} (core/not-one-of)`],
    [{ mode: "off" }, 'mode: expected a literal, one of count, block, got "off". Take a mode. (core/not-one-of)'],
    [
      { mode: Token.asString(ref("var.mode")) },
      "mode: expected a literal, one of count, block, got a value that is known only at apply. Take a mode. (core/literal-required)",
    ],
  ])("refuses %j", (props, message) => {
    expect(() => choose(props)).toThrow(new Error(`[test/x] ${message}`));
  });
});

describe("a union", () => {
  type Login =
    { readonly kind: "iam"; readonly userName?: string } | { readonly kind: "none"; readonly reason: string };
  const LOGIN = kind.union<Login, "kind">(
    "kind",
    { iam: { userName: kind.string }, none: { reason: kind.string } },
    "Use IAM.",
  );
  const login = (value: unknown) => {
    const checks = new Checks(scope);
    const props = readProps(checks, { login: value } as { login: Login }, { login: LOGIN }, {});
    checks.required("login.reason", undefined, "A problem that follows from a login that was removed is not reported.");
    checks.throwIfInvalid();
    return props.login;
  };

  it("reads the fields of the variant and freezes a copy", () => {
    const checks = new Checks(scope);
    const read = LOGIN.read({ kind: "iam", userName: "app" }, "login", checks);
    expect(read).toEqual({ kind: "iam", userName: "app" });
    expect(Object.isFrozen(read)).toBe(true);
    expect(() => checks.throwIfInvalid()).not.toThrow();
  });

  it.each<[unknown, string]>([
    [{}, "login: expected an object whose kind is one of iam, none, got no kind. Use IAM. (core/not-one-of)"],
    [
      { kind: "password" },
      'login: expected an object whose kind is one of iam, none, got kind "password". Use IAM. (core/not-one-of)',
    ],
    [
      { kind: "constructor" },
      'login: expected an object whose kind is one of iam, none, got kind "constructor". Use IAM. (core/not-one-of)',
    ],
    [
      { kind: Token.asString(ref("var.kind")) },
      "login: expected an object whose kind is one of iam, none, got kind a value that is known only at apply. Use IAM. (core/literal-required)",
    ],
    [[], "login: expected an object, got an array. Use IAM. (core/wrong-type)"],
    [new Money(), "login: expected an object, got an instance of Money. Use IAM. (core/wrong-type)"],
  ])("refuses %j", (value, message) => {
    expect(() => login(value)).toThrow(new Error(`[test/x] ${message}`));
  });

  it("refuses a field of another variant, and checks the types of its own fields", () => {
    const checks = new Checks(scope);
    LOGIN.read({ kind: "iam", reason: "x", userName: {} }, "login", checks);
    expect(() => checks.throwIfInvalid()).toThrow(
      new Error(
        [
          `[test/x] login.userName: expected text, got a value of type object. ${table} (core/wrong-type)`,
          "[test/x] login.reason: expected a prop of kind iam, got an unknown one. Use IAM. (core/unknown-prop)",
        ].join("\n"),
      ),
    );
  });
});
