import { inspect } from "node:util";
import { App, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { ConfigurationError } from "../../../modules/core";
import { ARN_TYPES } from "../../../modules/core/arn-types";
import { Checks, formatValue } from "../../../modules/core/checks";
import { withoutCodes } from "../../helpers/refusal";

/** Returns the problems that a check reports, without the path. */
function problems(check: (checks: Checks) => unknown): string[] {
  const checks = new Checks("env");
  check(checks);
  try {
    checks.throwIfInvalid();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return withoutCodes(error.message)
      .split("\n")
      .map((line) => line.replace("[env] ", ""));
  }
  return [];
}

const TEXT = Token.asString({ resolve: () => "x" });
const NUMBER = Token.asNumber({ resolve: () => 1 });
const LIST = Token.asList({ resolve: () => ["x"] });
const later = "a value that is known only at apply";

/** A value, and the reported one; none where the value is accepted. */
type Row = readonly [value: unknown, got?: string];
type Refused = readonly [value: unknown, got: string];

function table(name: string, expected: string, check: (checks: Checks, value: never) => unknown, rows: readonly Row[]) {
  for (const [value, got] of rows) {
    it(`${name} ${inspect(value)}: ${got === undefined ? "yes" : "no"}`, () => {
      const lines = problems((checks) => check(checks, value as never));
      expect(lines).toEqual(got === undefined ? [] : [`p: expected ${expected}, got ${got}. Do.`]);
    });
  }
}

table("requires", "a value", (checks, value) => checks.required("p", value, "Do."), [
  [undefined, "nothing"],
  [null, "null"],
  ["", "an empty string"],
  ["  ", '"  "'],
  [0],
  [false],
  ["x"],
  [TEXT],
]);

table(
  "takes for a whole number",
  "a whole number from 2 to 4",
  (checks, value) => checks.integer("p", value, { min: 2, max: 4 }, "Do."),
  [
    [1, "1"],
    [2],
    [4],
    [5, "5"],
    [2.5, "2.5"],
    [Number.NaN, "NaN"],
    ["3", '"3"'],
    [null, "null"],
    [undefined],
    [NUMBER],
  ],
);

it("names the unit of a range", () => {
  expect(problems((checks) => checks.integer("p", 9, { min: 1, max: 2, unit: "days" }, "Do."))).toEqual([
    "p: expected a whole number from 1 to 2 days, got 9. Do.",
  ]);
});

table("takes one of", "one of a, b", (checks, value) => checks.oneOf("p", value, ["a", "b"] as never[], "Do."), [
  ["a"],
  ["b"],
  ["c", '"c"'],
  ["", '""'],
  [undefined],
  [TEXT],
]);

table(
  "takes literally one of",
  "a literal, one of a, b",
  (checks, value) => checks.literalOneOf("p", value, ["a", "b"] as never[], "Do."),
  [["a"], ["b"], ["c", '"c"'], [undefined], [TEXT, later]],
);

table("takes text of a pattern", "an a", (checks, value) => checks.matches("p", value, /^a$/, "an a", "Do."), [
  ["a"],
  ["b", '"b"'],
  [7, "7"],
  [null, "null"],
  [undefined],
  [TEXT],
]);

table("counts", "1 to 2", (checks, value) => checks.count("p", value, { min: 1, max: 2 }, "Do."), [
  [[], "0"],
  [["a"]],
  [["a", "b"]],
  [["a", "b", "c"], "3 (a, b, c)"],
  [["a", "b", TEXT], "3"],
  ["ab", '"ab"'],
  [undefined],
  [LIST],
]);

it("checks a count without an upper bound", () => {
  const range = { min: 2, max: Number.POSITIVE_INFINITY };
  expect(problems((checks) => checks.count("p", ["a"], range, "Do."))).toEqual([
    "p: expected at least 2, got 1 (a). Do.",
  ]);
  expect(problems((checks) => checks.count("p", Array(99).fill("a"), range, "Do."))).toEqual([]);
});

table("takes the id", "an id such as vpc-0123456789abcdef0", (checks, value) => checks.id("p", value, "vpc", "Do."), [
  ["vpc-01234567"],
  ["vpc-0123456789abcdef0"],
  ["vpc-0123456", '"vpc-0123456"'],
  ["vpc-0123456789abcdef01", '"vpc-0123456789abcdef01"'],
  ["xvpc-01234567", '"xvpc-01234567"'],
  ["subnet-01234567", '"subnet-01234567"'],
  ["vpc-0123456G", '"vpc-0123456G"'],
  [undefined],
  [TEXT],
]);

table("takes once", "each zone once", (checks, value) => checks.distinct("p", value, "zone", "Do."), [
  [["a", "b"]],
  [["a", "b", "a", "a"], '"a", "a"'],
  [[]],
  [undefined],
]);

const KEY_EXPECTED = "the ARN of a KMS key, arn:…:kms:<region>:<account>:key/<id>";
table("takes the ARN", KEY_EXPECTED, (checks, value) => checks.arn("p", value, ARN_TYPES.kmsKey, "Do."), [
  ["arn:aws:kms:ap-northeast-1:123456789012:key/1"],
  ["arn:aws:sns:ap-northeast-1:123456789012:x", '"arn:aws:sns:ap-northeast-1:123456789012:x", which is of sns'],
  ["alias/x", '"alias/x"'],
  [7, "7"],
  [undefined],
  [TEXT],
]);

it.each([[true], [false], [undefined]])("accepts the boolean %p", (value) => {
  expect(problems((checks) => checks.literalBoolean("p", value))).toEqual([]);
});

it.each<Refused>([
  ["true", '"true"'],
  [Token.asAny({ resolve: () => true }), later],
  [null, "null"],
])("refuses the boolean %p", (value, got) => {
  expect(problems((checks) => checks.literalBoolean("p", value as boolean))).toEqual([
    `p: expected a literal true or false, got ${got}. It decides what is synthesized, so it must be known at synth.`,
  ]);
});

it.each([["a"], ["crm-1-x"], ["a".repeat(40)]])("accepts the stem %s", (value) => {
  expect(problems((checks) => checks.baseName("p", value))).toEqual([]);
});

it.each<Refused>([
  ["a".repeat(41), `"${"a".repeat(41)}"`],
  ["A", '"A"'],
  ["a--b", '"a--b"'],
  ["-a", '"-a"'],
  ["a-", '"a-"'],
  ["1a", '"1a"'],
  ["", '""'],
  [7, "7"],
  [undefined, "nothing"],
  [`a${TEXT}`, later],
])("refuses the stem %p", (value, got) => {
  expect(problems((checks) => checks.baseName("p", value as string))).toEqual([
    `p: expected lower-case letters, digits and single hyphens, at most 40, beginning with a letter, got ${got}. Use a literal such as "messenger-crm-prod".`,
  ]);
});

describe("subnets", () => {
  const [one, two] = ["subnet-01234567", "subnet-89abcdef"];
  const check = (ids: unknown) => problems((checks) => checks.subnets("p", ids as string[], { min: 2, max: 3 }, "Do."));

  it.each([[[one, two]], [[one, TEXT]], [LIST]])("accept %p", (ids) => expect(check(ids)).toEqual([]));

  it.each<[unknown, string[]]>([
    [undefined, ["p: expected a value, got nothing. Do."]],
    [[one], [`p: expected 2 to 3, got 1 (${one}). Do.`]],
    [[one, one], [`p: expected each subnet once, got "${one}". Do.`]],
    [
      [one, "vpc-1"],
      [
        'p: expected an id such as subnet-0123456789abcdef0, got "vpc-1". Take it from the VPC console or from the stack that made it.',
      ],
    ],
  ])("refuse %p", (ids, lines) => expect(check(ids)).toEqual(lines));
});

describe("the error", () => {
  it("contains the path of the construct and every problem, in order", () => {
    const scope = new Construct(new TerraformStack(new App(), "stack"), "network");
    const checks = new Checks(scope);
    checks.add({ code: "core/required", prop: "a", expected: "x", got: "y", remedy: "Do." });
    checks.require(true, { code: "core/required", prop: "never", expected: "", got: "", remedy: "" });
    checks.require(false, { code: "core/required", prop: "b", expected: "x", got: "y", remedy: "Do." });
    const error = thrownBy(() => checks.throwIfInvalid());
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({
      name: "ConfigurationError",
      path: "stack/network",
      problems: [{ prop: "a" }, { prop: "b" }],
      message:
        "[stack/network] a: expected x, got y. Do. (core/required)\n[stack/network] b: expected x, got y. Do. (core/required)",
    });
  });

  it("is not thrown without a problem", () => expect(() => new Checks("x").throwIfInvalid()).not.toThrow());

  it("adds warnings to the construct, if there is one", () => {
    const scope = new Construct(new TerraformStack(new App(), "stack"), "network");
    new Checks(scope).warn("Look.");
    new Checks("env").warn("Nobody hears.");
    expect(scope.node.metadata.map(({ type, data }) => [type, data as unknown])).toEqual([["@cdktf/warn", "Look."]]);
  });
});

describe("a problem that follows from a value of the wrong kind", () => {
  const wrongType = { code: "core/wrong-type" as const, prop: "a.b", expected: "text", got: "an array", remedy: "Do." };
  const other = (prop: string) => ({ code: "core/required" as const, prop, expected: "x", got: "y", remedy: "Do." });

  it.each(["a", "a.b", "a.b.c", "a.b[0]"])("is not reported at %s when the value was removed", (prop) => {
    const lines = problems((checks) => {
      checks.addWrongType(wrongType, false);
      checks.add(other(prop));
    });
    expect(lines).toEqual(["a.b: expected text, got an array. Do."]);
  });

  it.each(["a.c", "a.bc", "b"])("is reported at %s, which is another prop", (prop) => {
    const lines = problems((checks) => {
      checks.addWrongType(wrongType, false);
      checks.add(other(prop));
    });
    expect(lines).toEqual(["a.b: expected text, got an array. Do.", `${prop}: expected x, got y. Do.`]);
  });

  it("is reported with the prop's own message when the value was kept", () => {
    const lines = problems((checks) => {
      checks.addWrongType(wrongType, true);
      checks.add(other("a.b"));
    });
    expect(lines).toEqual(["a.b: expected x, got y. Do."]);
  });

  it("is reported unchanged when no check of the prop found it", () => {
    expect(problems((checks) => checks.addWrongType(wrongType, true))).toEqual([
      "a.b: expected text, got an array. Do.",
    ]);
  });
});

it.each([
  ["x".repeat(78), `"${"x".repeat(78)}"`],
  ["x".repeat(79), `"${"x".repeat(79)}…`],
  [{ a: { b: { c: { d: 1 } } } }, "{ a: { b: { c: [Object] } } }"],
  [TEXT, later],
  [undefined, "nothing"],
  [{ a: 1, b: Token.asNumber({ resolve: () => 1, creationStack: [] }) }, "{ a: 1, b: known at apply }"],
  ["two\nlines", '"two\\nlines"'],
  ["a\ttab and \u009b", '"a\\u0009tab and \\u009b"'],
])("abbreviates %p", (value, text) => expect(formatValue(value)).toBe(text));

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("ids that become an address", () => {
  const refusal = (id: string): string =>
    `expected an id that begins with a letter, got "${id}". It becomes part of Terraform addresses, which begin with a letter.`;

  function address(...ids: readonly string[]): () => void {
    const stack = new TerraformStack(new App(), "1stack");
    const scope = ids.reduce<Construct>((parent, id) => new Construct(parent, id), stack);
    return () => {
      const checks = new Checks(scope);
      checks.identity();
      checks.throwIfInvalid();
    };
  }

  it.each([["a"], ["_a"], [".a"], ["a1", "1b"], ["é"]])("are accepted: %p", (...ids) => {
    expect(address(...ids)).not.toThrow();
  });

  it("are accepted outside a stack", () => {
    const checks = new Checks("environments/1dev");
    checks.identity();
    expect(() => checks.throwIfInvalid()).not.toThrow();
  });

  it.each([["1a"], ["-a"], [".1a"], ["é1"], ["9", "a"]])("are refused: %p", (...ids) => {
    expect(address(...ids)).toThrow(refusal(ids[0]));
  });
});
