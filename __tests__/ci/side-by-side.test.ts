import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const RUNNER = resolve(__dirname, "../../.ci/side-by-side.mjs");

const MAKEFILE = `
first:
	@echo first output
second: 
	@test -e first-done && echo second output
mark:
	@touch first-done
fail:
	@echo reason of the failure; exit 3
endless:
	@echo $$$$ > endless.pid; while true; do sleep 0.1; done; 
after-endless:
	@touch ran-after-endless
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "side-by-side-"));
  writeFileSync(join(folder, "Makefile"), MAKEFILE);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...lanes: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [RUNNER, ...lanes], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.once("close", (code) => done({ code, output: Buffer.concat(output).toString() }));
  });
}

it("runs the targets of a lane one after another, and prints each one's output in one piece", async () => {
  const { code, output } = await run("first mark second", "first");
  expect(code).toBe(0);
  expect(output).toMatch(/first output\nfirst: passed after \d+ s\n/);
  expect(output).toMatch(/second output\nsecond: passed after \d+ s\n/);
});

it("ends the other lanes and the run at the first failure, whose output comes last", async () => {
  const { code, output } = await run("endless after-endless", "fail first");
  expect(code).toBe(1);
  expect(output).toMatch(/reason of the failure\n[^]*fail: FAILED after \d+ s\n$/);
  expect(output).not.toContain("first output");
  expect(existsSync(join(folder, "ran-after-endless"))).toBe(false);
});
