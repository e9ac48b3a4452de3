import { App, DefaultTokenResolver, ref, StringConcat, TerraformStack, Token, Tokenization } from "cdktf";
import { atLeastTwo, between, lifecycleWith, named, whenKnown } from "../../../modules/core/apply-time";

const number = Token.asNumber(ref("var.x"));
const resolved = (conditions: readonly { condition: string; errorMessage: string }[]) =>
  conditions.map(({ errorMessage }) => errorMessage);

it("asks Terraform only what nobody knew at synth", () => {
  expect(whenKnown([1, "a", ["b"]], () => true, "never")).toEqual([]);
  expect(resolved(whenKnown([1, number], () => between(number, 1, 2), "once"))).toEqual(["once"]);
});

it("counts a list only when its length is not known", () => {
  const element = Token.asString(ref("var.x"));
  expect(atLeastTwo("subnets", [element, element])).toEqual([]);
  expect(resolved(atLeastTwo("subnets", Token.asList(ref("var.x"))))).toEqual([
    "subnets: expected at least 2 subnets, in different zones.",
  ]);
});

it("names an object in each condition: Terraform refuses one of literals alone", () => {
  const condition = named(between(Token.asNumber("${256}"), 1, 5));
  const resolvedText = new DefaultTokenResolver(new StringConcat());
  const text: unknown = Tokenization.resolve(condition, {
    scope: new TerraformStack(new App(), "test"),
    resolver: resolvedText,
    preparing: false,
  });
  expect(text).toBe('${((terraform.workspace != "-") && ((${256} >= 1) && (${256} <= 5)))}');
});

it("says nothing when there is nothing to say", () => {
  expect(lifecycleWith([])).toBeUndefined();
  expect(lifecycleWith([], { createBeforeDestroy: true })).toEqual({ createBeforeDestroy: true });
  const condition = { condition: "x", errorMessage: "y" };
  expect(lifecycleWith([condition])).toEqual({ precondition: [condition] });
  expect(lifecycleWith([condition], { createBeforeDestroy: true })).toEqual({
    createBeforeDestroy: true,
    precondition: [condition],
  });
});
