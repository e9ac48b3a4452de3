import { Construct } from "constructs";
import { App, TerraformStack } from "cdktf";
import { Checks } from "../../../modules/core/checks";
import * as kind from "../../../modules/core/kinds";
import { readProps } from "../../../modules/core/props";

interface Example {
  readonly name: string;
  readonly count?: number;
  readonly nested?: { readonly list: readonly string[] };
}
const SHAPE: kind.Shape<Example> = {
  name: kind.string,
  count: kind.number,
  nested: kind.object({ list: kind.array(kind.string) }),
};
const scope = new Construct(new TerraformStack(new App(), "test"), "example");
const read = (props: Example) => {
  const checks = new Checks(scope);
  const complete = readProps(checks, props, SHAPE, { count: 2 });
  checks.throwIfInvalid();
  return complete;
};

it("fills in defaults, and an explicit undefined does not wipe them", () => {
  expect(read({ name: "a", count: undefined })).toEqual({ name: "a", count: 2 });
  expect(read({ name: "a", count: 0 })).toEqual({ name: "a", count: 0 });
});

it("ignores later changes to the object passed, and is frozen", () => {
  const list = ["one"];
  const props = read({ name: "a", nested: { list } });
  list.push("two");
  expect(props.nested!.list).toEqual(["one"]);
  expect(Object.isFrozen(props)).toBe(true);
  expect(Object.isFrozen(props.nested!.list)).toBe(true);
});

it.each([
  [undefined, "undefined"],
  [null, "null"],
  ["text", "string"],
  [[], "an array"],
])("refuses %p as props", (props, kind) => {
  expect(() => read(props as unknown as Example)).toThrow(`[test/example] props: expected an object, got ${kind}.`);
});

it("names an unknown prop and the known ones", () => {
  expect(() => read({ name: "a", cuont: 3 } as unknown as Example)).toThrow(
    "[test/example] cuont: expected a prop that exists, got an unknown one. Known props: count, name, nested.",
  );
});

it("names the prop that holds a nested object", () => {
  const nested = (value: unknown) => read({ name: "a", nested: value } as Example);
  expect(() => nested({ lost: 3 })).toThrow(
    "[test/example] nested.lost: expected a prop that exists, got an unknown one. Known props: list.",
  );
  expect(() => nested(null)).toThrow(
    "[test/example] nested: expected an object, got null. See the table of props in the README.",
  );
});
