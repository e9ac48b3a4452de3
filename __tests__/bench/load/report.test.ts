import { type Result } from "../../../bench/load/measure";
import { latencyChart, report, verdictOf } from "../../../bench/load/report";
import { type MessageStep } from "../../../bench/load/load-steps";

const usage = { tasks: [{ task: "task-1", cpu: 0.2, memoryMiB: 120 }], machine: 0.8 };

function step(ratePerSec: number, changes: Partial<MessageStep> = {}): MessageStep {
  return {
    ratePerSec,
    seconds: 10,
    keptUp: true,
    sent: 100,
    acknowledged: 100,
    failed: {},
    delivered: 300,
    ack: { p50Ms: 3, p99Ms: 12 },
    delivery: { p50Ms: 4, p99Ms: 1500 },
    lost: 0,
    elapsedSec: 10,
    cpuPerMessageUs: 800,
    generatorCpu: 0.1,
    usage,
    ...changes,
  };
}

const connected = { connections: 500, handshake: { p50Ms: 5, p99Ms: 40 }, repeated: 2, reasons: [], held: usage };

const RESULT: Result = {
  task: { cpu: 256, memoryMiB: 512, count: 2 },
  connections: [connected],
  trials: [step(400, { keptUp: false, failed: { TIMEOUT: 3 }, delivered: 200 }), step(200)],
  knee: step(200),
  limit: "CPU of the tasks",
  sustained: step(140),
  beyond: [{ ...connected, connections: 4000 }],
  lost: 0,
};

describe("the page of a load test", () => {
  const page = report(RESULT, { cpu: "A processor", cores: 2, memoryGiB: 8, platform: "linux x64" });

  it("names the knee, what limits it and what was lost", () => {
    expect(page).toContain("**Knee: 200 messages per second**; exhausted above it: CPU of the tasks.");
    expect(page).toContain("Acknowledged and lost: 0.");
    expect(page).toContain("2 tasks of 0.25 vCPU and 512 MiB");
  });

  it("lists trials by rate, with failures by reason", () => {
    const rows = page.split("\n").filter((line) => /^\| \d/.test(line));
    expect(rows.map((row) => row.split("|")[1]!.trim())).toEqual(["500", "4000", "200", "400", "140"]);
    expect(rows[3]).toContain("3 TIMEOUT");
    expect(rows[2]).toMatch(/3 ms \/ 12 ms.*4 ms \/ 1\.5 s.*20 %.*800 µs.*120 MiB.*80 %.*10 %/);
  });

  it("draws a complete SVG", () => {
    const chart = latencyChart(RESULT);
    expect(chart).toMatch(/^<svg /);
    expect(chart).toContain("delivery p99");
  });
});

describe("the verdict of a load test", () => {
  it("allows delays above the knee", () => {
    expect(verdictOf(RESULT)).toBeUndefined();
  });

  it.each<[string, Partial<Result>, RegExp]>([
    ["a lost message", { lost: 1 }, /^1 acknowledged/],
    ["no rate at all", { knee: undefined }, /lowest rate/],
    ["a missing delivery", { trials: [step(200, { delivered: 299 })] }, /expected 300 deliveries, got 299/],
    [
      "a duplicate delivery",
      { sustained: step(140, { delivered: 301 }) },
      /140 messages\/s: expected 300 deliveries, got 301/,
    ],
    ["a rate that was not sustained", { sustained: step(140, { keptUp: false }) }, /not sustained/],
  ])("reports %s", (_, changes, problem) => {
    expect(verdictOf({ ...RESULT, ...changes })).toMatch(problem);
  });
});
