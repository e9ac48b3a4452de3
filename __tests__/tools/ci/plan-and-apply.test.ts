import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { applyPlan } from "../../../tools/ci/apply-plan";
import { planStack } from "../../../tools/ci/plan-stack";
import { readDiagnostics } from "../../../tools/plan-report/input/read-log";
import { ROOT } from "../../helpers/run-program";

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "plan-stack-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A Terraform that does what a script says for each command, and records its arguments. */
function terraform(cases: Readonly<Record<string, string>>): string {
  const file = join(folder, "terraform");
  const branches = Object.entries(cases).map(([command, script]) => `${command}) ${script} ;;`);
  writeFileSync(file, `#!/usr/bin/env bash\necho "$*" >>arguments\ncase $1 in\n${branches.join("\n")}\nesac\n`, {
    mode: 0o755,
  });
  return file;
}

const plan = (cases: Readonly<Record<string, string>>, { readOnly = false, refresh = true } = {}) =>
  planStack({ program: terraform(cases), folder, env: process.env, readOnly, refresh });

const SUMMARY = '{"type":"change_summary","changes":{"add":3,"change":1,"remove":2,"operation":"plan"}}';
const ERROR = '{"type":"diagnostic","diagnostic":{"severity":"error","summary":"No such role"}}';

describe("a plan", () => {
  it("has changes, or none, by Terraform's exit code", async () => {
    expect(await plan({ plan: `echo '${SUMMARY}'; exit 2` })).toEqual({
      status: "planned",
      hasChanges: true,
      summary: "3 to add, 1 to change, 2 to destroy",
    });
    expect(await plan({})).toMatchObject({ status: "planned", hasChanges: false });
  });

  it("takes the lock and reads what AWS has, or does not, and asks nothing", async () => {
    await plan({});
    await plan({}, { readOnly: true, refresh: false });
    const [, locked, , free] = readFileSync(join(folder, "arguments"), "utf8").split("\n");
    expect(locked).toBe("plan -json -detailed-exitcode -refresh=true -lock-timeout=10m -out=plan.tfplan -input=false");
    expect(free).toContain(" -refresh=false -lock=false ");
  });

  it("leaves Terraform's errors in a log that only its owner can read", async () => {
    expect(await plan({ plan: `echo '${ERROR}'; exit 1` })).toEqual({ status: "failed" });
    const log = join(folder, "plan.log");
    expect(readDiagnostics(log)).toEqual([{ severity: "error", summary: "No such role" }]);
    expect(statSync(log).mode & 0o077).toBe(0);
  });

  it.each([
    ["init fails", { init: "echo 'no such bucket' >&2; exit 1" }, "terraform init failed", "no such bucket"],
    ["Terraform crashes", { plan: "echo 'panic: oh no' >&2; exit 11" }, "terraform plan failed", "panic: oh no"],
    [
      "Terraform is killed",
      { plan: "kill -9 $$" },
      "terraform plan failed",
      "exit code none, it was ended by a signal",
    ],
  ])("has a reason when %s", async (_, cases, summary, detail) => {
    expect(await plan(cases)).toEqual({ status: "failed" });
    expect(readDiagnostics(join(folder, "plan.log"))).toEqual([{ severity: "error", summary, detail }]);
  });

  it("is not the plan of an earlier run", async () => {
    writeFileSync(join(folder, "plan.tfplan"), "old");
    await plan({ init: "exit 1" });
    expect(existsSync(join(folder, "plan.tfplan"))).toBe(false);
  });
});

it("a signal lets Terraform end a plan by itself, with its lock released", async () => {
  const program = terraform({
    plan: "trap 'echo released >released; exit 1' INT; echo planning; while true; do sleep 0.05; done",
  });
  const module = JSON.stringify(join(ROOT, "tools/ci/plan-stack.ts"));
  const options = JSON.stringify({ program, folder, readOnly: false, refresh: true });
  const script = `require(${module}).planStack({ ...${options}, env: process.env }).then(({ status }) => console.log(status));`;
  const parent = spawn(process.execPath, ["--import", "tsx", "-e", script], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output: Buffer[] = [];
  parent.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  while (!existsSync(join(folder, "arguments")) || !readFileSync(join(folder, "arguments"), "utf8").includes("plan"))
    await sleep(20);
  await sleep(100);
  parent.kill("SIGTERM");
  await once(parent, "close");
  expect([Buffer.concat(output).toString(), existsSync(join(folder, "released"))]).toEqual(["failed\n", true]);
});

describe("an apply", () => {
  const SECRET = "correct-horse-battery";
  const change = {
    actions: ["update"],
    before: { value: SECRET },
    after: { value: SECRET },
    before_sensitive: { value: true },
  };
  const PLAN = JSON.stringify({
    format_version: "1.2",
    resource_changes: [{ address: "a.b", type: "a", name: "b", mode: "managed", change }],
  });

  async function apply(script: string): Promise<string[]> {
    const lines: string[] = [];
    const program = terraform({ show: `echo '${PLAN}'`, apply: script });
    await applyPlan({ program, folder, stack: "crm-dev", env: process.env, print: (line) => lines.push(line) });
    return lines;
  }

  it("prints each resource and the numbers", async () => {
    const hook = '"hook":{"resource":{"addr":"a.b"},"elapsed_seconds":7}';
    const events = [
      `{"type":"apply_start",${hook}}`,
      `{"type":"apply_progress",${hook}}`,
      `{"type":"apply_complete",${hook}}`,
    ];
    const summary = SUMMARY.replace("plan", "apply");
    expect(await apply([...events, summary].map((line) => `echo '${line}'`).join("; "))).toEqual([
      "crm-dev: a.b: started",
      "crm-dev: a.b: still busy after 7 s",
      "crm-dev: a.b: done after 7 s",
      "crm-dev: 3 added, 1 changed, 2 destroyed",
    ]);
  });

  it("shows errors without the plan's sensitive values", async () => {
    const error = ERROR.replace("No such role", `Refused: ${SECRET} is too weak`);
    const failure = apply(`echo '${error}'; exit 1`);
    await expect(failure).rejects.toThrow("crm-dev: terraform apply failed\n\nError: Refused: (sensitive) is too weak");
  });

  it("says what to do about a plan that is stale", async () => {
    const error = ERROR.replace("No such role", "Saved plan is stale");
    await expect(apply(`echo '${error}'; exit 1`)).rejects.toThrow(
      /somebody has changed the state since this plan was made, so nothing was applied\. Run the whole pipeline again/,
    );
  });
});
