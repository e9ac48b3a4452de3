import { findCircularImports, findLongFiles, findLongFunctions, importsOf, localImportsOf } from "./source-checks";

const file = (path: string, text: string) => ({ path, text });

describe("imports", () => {
  const text = [
    'import { a } from "./a";',
    'import type { B } from "../b";',
    'import { type C } from "cdktf";',
    'export { d } from "./d/d";',
    'const e = import("./e");',
    'type F = import("./f").F;',
  ].join("\n");

  it("are those of values, types and re-exports", () => {
    expect(importsOf(file("x.ts", text))).toEqual(["./a", "../b", "cdktf", "./d/d", "./e", "./f"]);
  });

  it("are resolved from the file's folder, packages left out", () => {
    expect(localImportsOf(file("modules/network/x.ts", text))).toEqual([
      "modules/network/a",
      "modules/b",
      "modules/network/d/d",
      "modules/network/e",
      "modules/network/f",
    ]);
  });
});

describe("circular imports", () => {
  it("are found between types", () => {
    const circle = [
      file("props.ts", 'import { type Defaults } from "./defaults";'),
      file("defaults.ts", 'import { type Props } from "./props";'),
    ];
    expect(findCircularImports(circle)).toEqual(["defaults.ts -> props.ts -> defaults.ts"]);
  });

  it("are found through an index and several files, and reported once", () => {
    const circle = [
      file("a/index.ts", 'export { one } from "./one";'),
      file("a/one.ts", 'import { two } from "../two";'),
      file("two.tsx", 'import { one } from "./a";'),
      file("outside.ts", 'import { one } from "./a";'),
    ];
    expect(findCircularImports(circle)).toEqual(["a/index.ts -> a/one.ts -> two.tsx -> a/index.ts"]);
  });

  it("are not reported for files that two others share", () => {
    const tree = [
      file("top.ts", 'import "./left"; import "./right";'),
      file("left.ts", 'import "./base";'),
      file("right.ts", 'import "./base";'),
      file("base.ts", ""),
    ];
    expect(findCircularImports(tree)).toEqual([]);
  });
});

describe("long functions", () => {
  const body = (lines: number) => "  call();\n".repeat(lines);

  it("are found with their place and name", () => {
    const text = `const x = 1;\nfunction long() {\n${body(4)}}\nconst short = () => {\n${body(3)}};\n`;
    expect(findLongFunctions(file("x.ts", text), 5)).toEqual(["x.ts:2 long: 6 lines"]);
  });

  it.each([
    ["arrow", `const arrow = () => {\n${body(9)}};`],
    ["method", `class A {\n  method() {\n${body(9)}  }\n}`],
    ["constructor", `class A {\n  constructor() {\n${body(9)}  }\n}`],
    ["anonymous function", `call(function () {\n${body(9)}});`],
  ])("include each kind of function: %s", (name, text) => {
    expect(findLongFunctions(file("x.tsx", text), 10)).toEqual([expect.stringMatching(`${name}: 11 lines$`)]);
    expect(findLongFunctions(file("x.tsx", text), 11)).toEqual([]);
  });
});

it("finds long files, without counting the line break at the end", () => {
  expect(findLongFiles([file("x.ts", "a\n".repeat(300)), file("y.ts", "a\n".repeat(301))], 300)).toEqual([
    "y.ts: 301 lines",
  ]);
});
