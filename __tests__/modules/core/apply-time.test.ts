import { App, DefaultTokenResolver, ref, StringConcat, TerraformStack, Token, Tokenization } from "cdktf";
import {
  atLeastTwoSubnets,
  between,
  lifecycleWithPreconditions,
  withWorkspaceReference,
  applyTimePrecondition,
} from "../../../modules/core/apply-time";

const number = Token.asNumber(ref("var.x"));
const resolved = (conditions: readonly { condition: string; errorMessage: string }[]) =>
  conditions.map(({ errorMessage }) => errorMessage);

it("adds preconditions only for values unknown at synth", () => {
  expect(applyTimePrecondition([1, "a", ["b"]], () => true, "never")).toEqual([]);
  expect(resolved(applyTimePrecondition([1, number], () => between(number, 1, 2), "once"))).toEqual(["once"]);
});

it("checks a list's length only when it is unknown at synth", () => {
  const element = Token.asString(ref("var.x"));
  expect(atLeastTwoSubnets("subnets", [element, element])).toEqual([]);
  expect(resolved(atLeastTwoSubnets("subnets", Token.asList(ref("var.x"))))).toEqual([
    "subnets: expected at least 2 subnets, in different zones.",
  ]);
});

it("names an object in each condition: Terraform refuses one of literals alone", () => {
  const condition = withWorkspaceReference(between(Token.asNumber("${256}"), 1, 5));
  const resolvedText = new DefaultTokenResolver(new StringConcat());
  const text: unknown = Tokenization.resolve(condition, {
    scope: new TerraformStack(new App(), "test"),
    resolver: resolvedText,
    preparing: false,
  });
  expect(text).toBe('${((terraform.workspace != "-") && ((${256} >= 1) && (${256} <= 5)))}');
});

it("adds no precondition without a condition", () => {
  expect(lifecycleWithPreconditions([])).toBeUndefined();
  expect(lifecycleWithPreconditions([], { createBeforeDestroy: true })).toEqual({ createBeforeDestroy: true });
  const condition = { condition: "x", errorMessage: "y" };
  expect(lifecycleWithPreconditions([condition])).toEqual({ precondition: [condition] });
  expect(lifecycleWithPreconditions([condition], { createBeforeDestroy: true })).toEqual({
    createBeforeDestroy: true,
    precondition: [condition],
  });
});
