import { ref, Token } from "cdktf";
import { atLeastTwo, between, lifecycleWith, whenKnown } from "../../../modules/core/apply-time";

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
