import { Token } from "cdktf";
import { escapeTemplate, isUnresolved, literal } from "../../../modules/core/tokens";

it.each([
  ["${HOME}", "$${HOME}"],
  ["%{if x}", "%%{if x}"],
  ["costs $5 {or} 5%", "costs $5 {or} 5%"],
  ["日本語", "日本語"],
])("makes %j mean itself", (text, escaped) => expect(escapeTemplate(text)).toBe(escaped));

it("leaves tokens alone, also inside text", () => {
  const lazy = Token.asString({ resolve: () => "x" });
  expect(escapeTemplate(lazy)).toBe(lazy);
  expect(escapeTemplate(`a-${lazy}-\${b}`)).toBe(`a-${lazy}-$\${b}`);
});

it("knows what Terraform only learns later", () => {
  expect(isUnresolved(Token.asNumber({ resolve: () => 1 }))).toBe(true);
  expect(isUnresolved(Token.asList({ resolve: () => [] }))).toBe(true);
  expect(isUnresolved("text")).toBe(false);
  expect(literal(Token.asNumber({ resolve: () => 1 }))).toBeUndefined();
  expect(literal(7)).toBe(7);
});
