import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../helpers/run-program";
import { names, WORKFLOWS } from "./workflow";

/** What is wrong, a text of plan.yml, what stands there instead, and what the finding has to name. */
const MISTAKES = [
  ["an unknown key", "timeout-minutes:", "timeout-minute:", "timeout-minute"],
  ["a job that does not exist", "needs: plan", "needs: plans", "plans"],
  ["a context that does not exist", "${{ vars.AWS_REGION }}", "${{ var.AWS_REGION }}", "var"],
  ["a wrong type", "cancel-in-progress: true", "cancel-in-progress: maybe", "maybe"],
  ["a permission that does not exist", "pull-requests: write", "pull-request: write", "pull-request"],
  ["an expression that does not parse", "${{ !cancelled() }}", "${{ !cancelled( }}", "cancelled"],
  ["YAML that does not parse", "permissions: {}", "permissions: {", "Flow map"],
] as const;

const folder = mkdtempSync(join(tmpdir(), "workflows-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Checks many files at once: each start of the checker takes a second. */
function lint(files: readonly string[]): { readonly status: number | null; readonly findings: readonly string[] } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", ".ci/lint-workflows.mjs", ...files],
    { cwd: ROOT, encoding: "utf8" },
  );
  if (stderr !== "") throw new Error(stderr);
  return { status, findings: stdout.split("\n").filter(Boolean) };
}

it("accepts every workflow, which is what it checks by default", () => {
  expect(lint([])).toEqual({ status: 0, findings: [] });
  expect(names.length).toBeGreaterThan(4);
});

it("names file, line and reason of every mistake", () => {
  const text = readFileSync(join(ROOT, WORKFLOWS, "plan.yml"), "utf8");
  const files = MISTAKES.map(([, from, to], index) => {
    expect(text).toContain(from);
    mkdirSync(join(folder, String(index)));
    const file = join(folder, String(index), "plan.yml");
    writeFileSync(file, text.replace(from, to));
    return file;
  });
  const { status, findings } = lint(files);
  expect(status).toBe(1);
  const named = MISTAKES.map(([mistake, , , word], index) => {
    const own = findings.filter((line) => line.startsWith(`${files[index]}:`));
    return [mistake, own.some((line) => /plan\.yml:\d+:\d+: /.test(line) && line.includes(word)) ? word : own];
  });
  expect(named).toEqual(MISTAKES.map(([mistake, , , word]) => [mistake, word]));
});
