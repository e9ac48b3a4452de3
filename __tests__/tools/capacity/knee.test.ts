import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { predictedKnee, readLoadTest } from "../../../tools/capacity/knee";
import { readMeasured } from "../../../tools/capacity/measured";

const MEASURED = { ...readMeasured(), messageUs: 1000 };
const LOAD_TEST = { kneePerSec: 480, cpu: 256, tasks: 2, connections: 2000, limit: "CPU of the tasks" };

it("predicts the rate at which messages take all CPU of the tasks", () => {
  expect(predictedKnee(MEASURED, LOAD_TEST)).toBe(500);
  expect(predictedKnee(MEASURED, { ...LOAD_TEST, cpu: 1024, tasks: 3 })).toBe(3000);
});

it("predicts the knee of the committed load test within a quarter", () => {
  const loadTest = readLoadTest();
  expect(loadTest.limit).toBe("CPU of the tasks");
  const ratio = predictedKnee(readMeasured(), loadTest) / loadTest.kneePerSec;
  expect(ratio).toBeGreaterThan(0.75);
  expect(ratio).toBeLessThan(1.25);
});

describe("a load test without a result", () => {
  const folder = mkdtempSync(join(tmpdir(), "load-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is missing", () => {
    const path = join(folder, "none.json");
    expect(() => readLoadTest(path)).toThrow(`${path}: expected the committed run of \`make load\`, found none.`);
  });

  it("has no knee", () => {
    const path = join(folder, "flat.json");
    writeFileSync(path, JSON.stringify({ task: { cpu: 256, count: 2 }, connections: [], limit: "not reached" }));
    expect(() => readLoadTest(path)).toThrow(`${path}: expected a knee, found none.`);
  });
});
