import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderTerminal } from "../../../tools/plan-report/render/terminal";
import { ROOT } from "../../helpers/run-program";
import { inputOf, reportOf, storedPlan } from "./plans";

/** Prices change with `make prices`. */
const withoutPrices = (text: string) => text.split("\n").filter((line) => !/\d\.\d\d /.test(line));

it("shows a sample that is today's report", () => {
  const readme = readFileSync(join(ROOT, "tools/plan-report/README.md"), "utf8");
  const [, sample = ""] = /```text\n([\s\S]*?)\n```/.exec(readme) ?? [];
  const report = renderTerminal(reportOf(inputOf(storedPlan("database-replaced"))));
  expect(withoutPrices(sample)).toEqual(withoutPrices(report));
});

it.each(["plan-report", "policy-report"])("make %s reports on every stack, or on the one that ENV names", (target) => {
  const command = (...args: string[]) =>
    spawnSync("make", ["--dry-run", "--no-print-directory", target, ...args], { cwd: ROOT, encoding: "utf8" }).stdout;
  expect(command()).toMatch(new RegExp(`tools/${target}/cli.ts +--markdown`));
  expect(command("ENV=prod")).toMatch(new RegExp(`tools/${target}/cli.ts prod --markdown`));
});
