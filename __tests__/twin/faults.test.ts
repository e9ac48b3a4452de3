import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Outcome } from "../../bench/faults/audit/outcome";

const RUN = join(__dirname, "../../bench/faults/run.ts");

interface Report {
  readonly code: number | null;
  readonly text: string;
  readonly outcomes: readonly Outcome[];
}

/** Runs `make faults` with some faults; those joined by `+` happen at the same time. */
async function runFaults(...args: readonly string[]): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "faults-"));
  try {
    const child = spawn(process.execPath, ["--import", "tsx", RUN, ...args, "--output", folder]);
    let text = "";
    for (const output of [child.stdout, child.stderr]) output.on("data", (chunk: Buffer) => (text += chunk.toString()));
    const [code] = (await once(child, "close")) as [number | null];
    const json = readFileSync(join(folder, "reliability.json"), "utf8");
    expect(readFileSync(join(folder, "reliability.svg"), "utf8")).toContain("</svg>");
    return { code, text, outcomes: (JSON.parse(json) as { outcomes: Outcome[] }).outcomes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it("loses and duplicates no message when a task is killed, Redis hangs, or messages are sent eight times", async () => {
  const { code, text, outcomes } = await runFaults("sent-eight-times", "task-killed+redis-hung");
  expect(outcomes.map(({ fault, lost, duplicated, problem }) => ({ fault, lost, duplicated, problem }))).toEqual([
    { fault: "sent-eight-times", lost: 0, duplicated: 0 },
    { fault: "task-killed+redis-hung", lost: 0, duplicated: 0 },
  ]);
  expect({ code, text }).toEqual({ code: 0, text: expect.not.stringContaining("RED") as string });
  for (const { acknowledged, written } of outcomes) expect(acknowledged).toBe(written);
});

it("detects that a message is acknowledged before it is committed", async () => {
  const { code, outcomes } = await runFaults("database-stopped", "--without", "ack-after-commit");
  expect(outcomes[0]!.lost).toBeGreaterThan(0);
  expect(code).toBe(1);
});
