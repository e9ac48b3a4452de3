import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Terraform } from "../../../tools/terraform/terraform";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "terraform-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A fake Terraform that prints these lines and exits with this code. */
function fake(lines: readonly unknown[], code: number): Terraform {
  const program = join(folder, "terraform");
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  writeFileSync(program, `#!/bin/sh\ncat <<'END'\n${text}\nEND\nexit ${code}\n`);
  chmodSync(program, 0o755);
  return new Terraform({ program, folder, env: { PATH: process.env["PATH"] }, label: "crm-dev" });
}

const SUMMARY = { type: "change_summary", changes: { add: 3, change: 0, remove: 0, operation: "plan" } };

test("plan returns the counts and whether anything would change", async () => {
  await expect(fake([SUMMARY], 2).plan("p")).resolves.toMatchObject({ exitCode: 2, changes: { add: 3 } });
  await expect(fake([], 0).plan("p")).resolves.toMatchObject({ exitCode: 0, changes: { add: 0 } });
});

test("a failed apply throws Terraform's own errors in full", async () => {
  const diagnostic = { severity: "error", summary: "creating VPC", detail: "why\nand how", address: "aws_vpc.main" };
  const apply = fake([{ type: "diagnostic", diagnostic }, "not json"], 1).apply("p");
  await expect(apply).rejects.toThrow(
    "crm-dev: terraform apply failed\n\nError: creating VPC\n  at aws_vpc.main\n  why\n  and how",
  );
});

test("a failed validate throws its diagnostics", async () => {
  const diagnostics = [{ severity: "error", summary: "Unsupported argument", detail: "No argument named x." }];
  const validate = fake([JSON.stringify({ valid: false, diagnostics })], 1).validate();
  await expect(validate).rejects.toThrow(
    "crm-dev: terraform validate failed\n\nError: Unsupported argument\n  No argument",
  );
});
