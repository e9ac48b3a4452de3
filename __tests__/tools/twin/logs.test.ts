import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printLogs } from "../../../tools/twin/terminal/logs";

const folder = mkdtempSync(join(tmpdir(), "twin-logs-"));

beforeAll(() => {
  writeFileSync(join(folder, "task-10.app.log"), "ten\n");
  writeFileSync(join(folder, "task-2.app.log"), "two\nhal");
  writeFileSync(join(folder, "task-2.migration.log"), "done\n");
});

afterAll(() => rmSync(folder, { recursive: true }));

async function logs(task?: string): Promise<string[]> {
  const lines: string[] = [];
  await printLogs(folder, task, { follow: false, print: (line) => lines.push(line) });
  return lines;
}

it("prints whole lines, sorted by task", async () => {
  expect(await logs()).toEqual(["task-2.app  two", "task-2.migration  done", "task-10.app  ten"]);
  expect(await logs("task-2")).toEqual(["task-2.app  two", "task-2.migration  done"]);
});

it("reports a task without logs", async () => {
  await expect(logs("task-1")).rejects.toThrow(`no logs of task-1 in ${folder}.`);
});

it("follows added lines", async () => {
  const lines: string[] = [];
  const stop = new AbortController();
  const following = printLogs(folder, "task-2", {
    follow: true,
    signal: stop.signal,
    print: (line) => {
      lines.push(line);
      if (line.endsWith("half")) stop.abort();
    },
  });
  appendFileSync(join(folder, "task-2.app.log"), "f\n");
  await following;
  expect(lines).toContain("task-2.app  half");
});
