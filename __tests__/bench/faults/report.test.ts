import { type Outcome } from "../../../bench/faults/audit/outcome";
import { describeProblems, markdown } from "../../../bench/faults/report/markdown";
import { latencyChart } from "../../../bench/faults/report/latency-chart";

const NOTHING = { lost: [], unexpected: [], duplicated: [], disordered: [], missing: [], unacknowledged: [] };
const CONDITIONS = {
  command: "make faults",
  cpu: "a CPU",
  cores: 2,
  kernel: "6.1",
  node: "20.9.0",
  ratePerSec: 24,
  clients: 12,
};

function outcome(changes: Partial<Outcome> = {}): Outcome {
  return {
    fault: "task-killed",
    what: "SIGKILL to one of two tasks",
    loadBefore: 1.5,
    written: 300,
    acknowledged: 300,
    lost: 0,
    duplicated: 0,
    recovered: 7,
    before: { p50Ms: 4, p99Ms: 40 },
    delivery: { p50Ms: 5, p99Ms: 1234 },
    recoveryMs: 1500,
    faultMs: { begin: 4000, end: 8000 },
    findings: NOTHING,
    away: 0,
    deaths: [],
    clean: true,
    timeline: [
      { atMs: 0, messages: 10, p50Ms: 4, p99Ms: 40 },
      { atMs: 9500, messages: 10, p50Ms: 10, p99Ms: 1000 },
    ],
    ...changes,
  };
}

const RED = outcome({
  fault: "redis-killed",
  clean: false,
  lost: 2,
  findings: { ...NOTHING, lost: ["a", "b"] },
  away: 1,
  deaths: ["task-2"],
  problem: "the service was not steady",
});

it("describes the problems of a row, and none for a clean one", () => {
  expect(describeProblems(outcome())).toEqual([]);
  expect(describeProblems(RED)).toEqual([
    "2 lost",
    "1 clients not connected",
    "task-2 ended unexpectedly",
    "the service was not steady",
  ]);
});

it("lists each row with its figures, the totals and the machine", () => {
  const page = markdown([outcome(), RED], CONDITIONS);
  const rows = page.split("\n").map((line) => line.replace(/ +/g, " "));
  expect(rows).toContain("| task-killed | 300 | 0 | 0 | 7 | 4 ms / 40 ms | 5 ms / 1.2 s | 1.5 s |");
  expect(page).toContain(
    "| redis-killed: **2 lost, 1 clients not connected, task-2 ended unexpectedly, the service was not steady** |",
  );
  expect(page).toContain("Of 600 acknowledged messages in 2 runs, 2 were lost and 0 were duplicated.");
  expect(page).toContain("2 cores of a CPU, Linux 6.1, Node 20.9.0");
});

it("names the faults that were not run, if any", () => {
  expect(markdown([outcome()], CONDITIONS, ["flood", "disk-full"])).toContain(
    "\nFaults not run for this page: flood, disk-full.\n",
  );
  expect(markdown([outcome()], CONDITIONS)).not.toContain("not run");
});

it("shades each fault's duration, one panel per fault, with failed faults in red", () => {
  const chart = latencyChart([outcome(), RED]);
  expect(chart.match(/<rect class="fault" x="174.8" y="30" width="128.8"/g)).toHaveLength(2);
  expect(chart.match(/<polyline class="p99" points="46,95.2 351.9,68.4"/g)).toHaveLength(2);
  expect(chart).toContain('class="name red">redis-killed<');
  expect(chart).toContain('class="name">task-killed<');
});
