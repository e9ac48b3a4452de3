import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { smoke } from "../../../tools/smoke/run-checks";
import { type RunningApp } from "./running-app";

/** Tests tools/smoke on a right deployment. Stops a task, so it comes last. */
export function smokeTest(app: () => RunningApp): void {
  it("passes every check of the smoke test, also while a task stops", async () => {
    const { twin } = app();
    const folder = mkdtempSync(join(tmpdir(), "twin-smoke-"));
    const report = await smoke({
      url: twin.url,
      origin: twin.url,
      tasks: 2,
      messages: 10,
      idleSec: 5,
      timeoutSec: 30,
      readOnly: false,
      session: join(folder, "session.json"),
      disturb: () => Promise.resolve(twin.stopTask("task-1")),
      disturbSec: 120,
    });
    rmSync(folder, { recursive: true });
    expect(report.checks.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(report.checks).toHaveLength(13);
    expect(report.wrote).toMatchObject({ customers: 1 });
  });
}
