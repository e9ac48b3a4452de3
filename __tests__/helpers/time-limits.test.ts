import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { ROOT } from "./run-program";
import { kindOf, scaledMs, slownessOf, timeLimitMs } from "./time-limits";

const TESTS = join(ROOT, "__tests__");
const slowness = Number(process.env["TEST_MACHINE_SLOWNESS"]);

afterEach(() => {
  process.env["TEST_MACHINE_SLOWNESS"] = String(slowness);
});

it.each([
  ["/repository/__tests__/policies/rules.test.ts", "unit"],
  ["/repository/__tests__/package.test.ts", "unit"],
  ["/repository/__tests__/terraform/stacks/dev.test.ts", "terraform"],
  ["/repository/__tests__/tools/twin/task.test.ts", "unit"],
  ["/repository/.cache/__tests__/image/copy/__tests__/twin/cli.test.ts", "twin"],
])("%s is a test of the kind %s", (file, kind) => expect(kindOf(file)).toBe(kind));

it("scales limits on a slow machine, and never shortens them", () => {
  expect([10, 40, 120, 4000].map(slownessOf)).toEqual([1, 1, 3, 8]);
  process.env["TEST_MACHINE_SLOWNESS"] = "2.5";
  expect([timeLimitMs("twin"), scaledMs(1000)]).toEqual([37.5 * 60_000, 2500]);
  delete process.env["TEST_MACHINE_SLOWNESS"];
  expect([timeLimitMs("twin"), scaledMs(1000)]).toEqual([15 * 60_000, 1000]);
});

it("is measured before tests run", () => {
  expect(slowness).toBeGreaterThanOrEqual(1);
  expect(slowness).toBeLessThanOrEqual(8);
});

it("is the only place that sets a limit", () => {
  const own = /\bjest\.setTimeout\(|^\}, \d[\d_]*\);$/m;
  const files = readdirSync(TESTS, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const wrong = files.filter((file) => own.test(readFileSync(join(TESTS, file), "utf8")));
  expect(wrong.map((file) => relative(TESTS, join(TESTS, file)))).toEqual(["helpers/set-time-limit.ts"]);
});
