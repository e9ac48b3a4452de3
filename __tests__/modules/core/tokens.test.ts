import { Token } from "cdktf";
import { escapeTemplate, isUnresolved, literal } from "../../../modules/core/tokens";

it.each([
  ["${HOME}", "$${HOME}"],
  ["%{if x}", "%%{if x}"],
  ["costs $5 {or} 5%", "costs $5 {or} 5%"],
  ["日本語", "日本語"],
])("escapes %j", (text, escaped) => expect(escapeTemplate(text)).toBe(escaped));

it("keeps tokens, also inside text", () => {
  const lazy = Token.asString({ resolve: () => "x" });
  expect(escapeTemplate(lazy)).toBe(lazy);
  expect(escapeTemplate(`a-${lazy}-\${b}`)).toBe(`a-${lazy}-$\${b}`);
});

it("detects values known only at apply", () => {
  expect(isUnresolved(Token.asNumber({ resolve: () => 1 }))).toBe(true);
  expect(isUnresolved(Token.asList({ resolve: () => [] }))).toBe(true);
  expect(isUnresolved("text")).toBe(false);
  expect(literal(Token.asNumber({ resolve: () => 1 }))).toBeUndefined();
  expect(literal(7)).toBe(7);
});
