import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isolatedEnvironment } from "../../tools/terraform/environment";
import { findTerraform } from "../../tools/terraform/find-terraform";
import { type StackReport } from "../../tools/plan-report/report";
import { ROOT } from "../helpers/run-program";

const SECRET = "correct-horse-battery";
const env = { ...isolatedEnvironment(process.env), CHECKPOINT_DISABLE: "1", TF_VAR_token: SECRET };
let folder: string;
let program: string;

/** The provider of `terraform_data` is part of Terraform, so that nothing is downloaded and no AWS is needed. */
function configure(resources: object, more: object = {}): void {
  const variable = { token: { type: "string", sensitive: true } };
  const json = { variable, resource: { terraform_data: resources }, ...more };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(json));
}

function terraform(...args: readonly string[]): number | null {
  return spawnSync(program, args, { cwd: folder, env, encoding: "utf8" }).status;
}

function report(...args: readonly string[]) {
  const command = ["--import", "tsx", "tools/plan-report/cli.ts", join(folder, "plan.tfplan"), "--json", "-", ...args];
  const settings = { cwd: ROOT, env: { ...env, TERRAFORM_BIN: program }, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, command, settings);
  if (stdout === "") throw new Error(stderr);
  return { status, text: stdout, report: (JSON.parse(stdout) as { stacks: [StackReport] }).stacks[0] };
}

beforeAll(async () => {
  const found = await findTerraform(process.env);
  if ("missing" in found) throw new Error(found.missing.remedy);
  program = found.found.path;
  folder = mkdtempSync(join(tmpdir(), "plan-report-"));
  configure({
    kept: { input: "a" },
    old: { input: "b" },
    gone: { input: "c" },
    released: { input: "d" },
    secret: { input: "${var.token}", triggers_replace: "1" },
  });
  expect(terraform("init", "-input=false")).toBe(0);
  expect(terraform("apply", "-auto-approve")).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("reports on a plan that Terraform saved", () => {
  configure(
    {
      kept: { input: "a2" },
      new: { input: "b" },
      added: { input: "${terraform_data.secret.id}" },
      secret: { input: "${var.token}", triggers_replace: "2", lifecycle: { create_before_destroy: true } },
    },
    {
      moved: [{ from: "terraform_data.old", to: "terraform_data.new" }],
      removed: [{ from: "terraform_data.released", lifecycle: { destroy: false } }],
      output: { token: { value: "${var.token}", sensitive: true } },
    },
  );
  expect(terraform("plan", "-out=plan.tfplan", "-input=false")).toBe(0);
  const { status, text, report: found } = report("--fail-on", "changes");
  expect(status).toBe(2);
  expect(found).toMatchObject({
    status: "ready",
    counts: { create: 1, update: 1, replace: 1, destroy: 1, forget: 1, import: 0, move: 1 },
    outputs: [{ path: "token", before: "(sensitive)", after: "(sensitive)" }],
  });
  const change = (name: string) => found.changes.find(({ address }) => address === `terraform_data.${name}`);
  expect(change("secret")).toMatchObject({
    kind: "replace",
    order: "new first",
    reason: "an attribute cannot change in place",
    forcedBy: [{ path: "triggers_replace", before: "1", after: "2" }],
  });
  expect(change("kept")!.attributes).toContainEqual({ path: "input", before: "a", after: "a2" });
  expect(change("new")!.movedFrom).toBe("terraform_data.old");
  expect(change("gone")!.reason).toBe("it is no longer in the configuration");
  expect(change("released")!.kind).toBe("forget");
  expect(text).not.toContain(SECRET);
});

it("reports on a plan that failed", () => {
  const precondition = [{ condition: '${var.token == ""}', error_message: "Expected no token." }];
  configure({ kept: { input: "a3" }, wrong: { input: "x", lifecycle: { precondition } } });
  expect(terraform("plan", "-out=plan.tfplan", "-input=false")).toBe(1);
  const { status, report: found } = report();
  expect(status).toBe(3);
  expect(found.status).toBe("failed");
});
