import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

const PROGRAM = `
import LongestFirst, { LONG } from "./.ci/longest-first.mjs";
const tests = process.argv.slice(1).map((path) => ({ path, duration: 1000, context: { config: { id: "", cacheDirectory: "" } } }));
const sorted = new LongestFirst({ contexts: [], globalConfig: {} }).sort(tests).map(({ path }) => path);
console.log(JSON.stringify({ LONG, sorted }));
`;

/** Runs the sequencer as jest does: it is an ES module. */
function sorted(paths: readonly string[]): { readonly LONG: readonly string[]; readonly sorted: readonly string[] } {
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", PROGRAM, ...paths], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return JSON.parse(output) as ReturnType<typeof sorted>;
}

it("knows only test files that exist", () => {
  const { LONG } = sorted([]);
  expect(LONG.filter((name) => !existsSync(resolve(ROOT, `__tests__/${name}.test.ts`)))).toEqual([]);
});

it("starts the long files first and loses none", () => {
  const short = resolve(ROOT, "__tests__/terraform/known-at-plan.test.ts");
  const { LONG } = sorted([]);
  const long = LONG.map((name) => resolve(ROOT, `__tests__/${name}.test.ts`));
  expect(sorted([short, ...[...long].reverse()]).sorted).toEqual([...long, short]);
});
