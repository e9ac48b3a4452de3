import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../helpers/run-program";
import { inputOf, planWith, reportOf, storedPlan } from "./plans";

const FIXTURE = join(__dirname, "fixtures/database-replaced.plan.json");
const folder = mkdtempSync(join(tmpdir(), "plan-report-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(args: readonly string[], input = "") {
  const command = ["--import", "tsx", "tools/plan-report/cli.ts", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, input, encoding: "utf8" });
  return { status, stdout, stderr };
}

it("reports, writes the comment and the JSON, and exits with 2 for a finding", () => {
  const files = ["--markdown", join(folder, "new/comment.md"), "--json", join(folder, "report.json")];
  const { status, stdout, stderr } = run([`chat=${FIXTURE}`, ...files, "--fail-on", "data-loss"]);
  expect(stderr).toMatch(/^chat: data-loss: aws_db_instance\.\S+$/m);
  expect(status).toBe(2);
  expect(stdout).toContain("Plan of chat: 0 to create, 1 to update, 2 to replace, 6 to destroy");
  expect(readFileSync(join(folder, "new/comment.md"), "utf8")).toContain("<!-- plan-report -->");
  const json: unknown = JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
  expect(json).toEqual(JSON.parse(JSON.stringify(reportOf(inputOf(storedPlan("database-replaced"))))));
});

it("prints only the comment, reads standard input, and exits with 3 for a failed plan", () => {
  const { status, stdout, stderr } = run(["--markdown", "-", "-"], JSON.stringify(planWith([], { errored: true })));
  expect(stdout.startsWith("<!-- plan-report -->")).toBe(true);
  expect(stderr).toBe("plan: planning failed, so there is nothing to apply.\n");
  expect(status).toBe(3);
});

it("exits with 1 and one sentence for a file that is no plan", () => {
  const { status, stdout, stderr } = run(["-"], '{"format_version":"1.0"');
  expect(stderr).toMatch(
    /^standard input: expected the JSON of a plan, got JSON that ends early, after 23 characters\. .*\n$/,
  );
  expect([status, stdout]).toEqual([1, ""]);
});
