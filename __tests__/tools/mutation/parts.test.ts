import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../helpers/run-program";

interface Part {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

/** Jest cannot import an ES module, so Node.js prints what it exports. */
const { parts, guards } = JSON.parse(
  execFileSync(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      'import { PARTS, MORE_GUARDS } from "./tools/mutation/parts.mjs"; console.log(JSON.stringify({ parts: PARTS, guards: MORE_GUARDS }));',
    ],
    { cwd: ROOT, encoding: "utf8" },
  ),
) as { readonly parts: Readonly<Record<string, Part>>; readonly guards: Readonly<Record<string, readonly string[]>> };

it("every part has files to mutate and tests for them", () => {
  const empty = Object.entries(parts).filter(([, { mutate, tests }]) => mutate.length === 0 || tests.length === 0);
  expect(empty.map(([name]) => name)).toEqual([]);
});

it("every module with a folder for validation is a part", () => {
  const folders = readdirSync(join(ROOT, "modules"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const validated = folders.map(({ name }) => name).filter((name) => validates(join(ROOT, "modules", name)));
  expect(validated.length).toBeGreaterThan(8);
  expect(validated.filter((name) => !(name in parts))).toEqual([]);
});

it("every file and folder that is listed as a guard is mutated", () => {
  const missing = Object.entries(guards).flatMap(([module, paths]) => {
    const mutated = parts[module]?.mutate ?? [];
    return paths
      .map((path) => `modules/${module}/${path}`)
      .filter((path) => !mutated.some((file) => file === path || file.startsWith(`${path}/`)));
  });
  expect(missing).toEqual([]);
});

function validates(folder: string): boolean {
  return readdirSync(folder).some((name) => name === "validation" || name === "validation.ts");
}
