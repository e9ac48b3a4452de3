import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

/** Runs main.ts with one line of dev.ts changed, in a copy of the files that it needs. */
function run(change: [string, string]): { output: string; written: boolean } {
  const folder = mkdtempSync(join(tmpdir(), "refused-environment-"));
  try {
    for (const part of [
      "main.ts",
      "package.json",
      "tsconfig.json",
      "app/contract.ts",
      "environments",
      "modules",
      "policies",
      "stacks",
      "tools/synth",
    ]) {
      cpSync(join(ROOT, part), join(folder, part), { recursive: true });
    }
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    const file = join(folder, "environments", "dev.ts");
    writeFileSync(file, readFileSync(file, "utf8").replace(...change));
    let output = "";
    try {
      execFileSync(process.execPath, ["tools/synth/run.mjs"], { cwd: folder, encoding: "utf8", stdio: "pipe" });
    } catch (error) {
      output = (error as { stderr: string }).stderr;
    }
    return { output, written: existsSync(join(folder, "cdktf.out", "stacks")) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it("reports the problem of an environment without a stack trace, and writes nothing", () => {
  expect(run(['accountId: "123456789012"', 'accountId: "12345"'])).toEqual({
    output: [
      "The configuration was refused; nothing was written.",
      "",
      '[environments/dev] accountId: expected 12 digits, got "12345". Find it with `aws sts get-caller-identity`. (core/wrong-format)',
      "",
    ].join("\n"),
    written: false,
  });
});

it("shows the TypeScript line of an unexpected error", () => {
  const { output, written } = run(['accountId: "123456789012"', "accountId: (undefined as never as string[])[0]!"]);
  expect(output).toMatch(/TypeError: Cannot read properties of undefined[^]*environments\/dev\.ts:\d+:\d+/);
  expect(written).toBe(false);
});
