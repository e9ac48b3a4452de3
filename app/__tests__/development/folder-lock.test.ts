import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockFolder } from "../../development/folder-lock";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "folder-lock-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const owner = (): string => readFileSync(join(folder, "pid"), "utf8").trim();

it("refuses a folder that a running process has locked, and names the process", () => {
  writeFileSync(join(folder, "pid"), `${process.ppid}\n`);
  expect(() => lockFolder(folder)).toThrow(
    `another development server (process ${process.ppid}) uses ${folder}: stop it, or set PORT to run a second one beside it; if that process is something else, remove ${join(folder, "pid")}`,
  );
  expect(owner()).toBe(String(process.ppid));
});

it("takes over from a process that is gone", async () => {
  const gone = spawn(process.execPath, ["-e", ""]);
  await once(gone, "exit");
  writeFileSync(join(folder, "pid"), `${gone.pid}\n`);
  lockFolder(folder);
  expect(owner()).toBe(String(process.pid));
});

it("creates the folder, and takes over a file that names no process", () => {
  writeFileSync(join(folder, "pid"), "");
  lockFolder(folder);
  lockFolder(join(folder, "new"));
  expect([owner(), existsSync(join(folder, "new", "pid"))]).toEqual([String(process.pid), true]);
});
