import { type Outcome } from "../../../bench/faults/outcome";
import { faultsOf, markdown } from "../../../bench/faults/report/markdown";
import { latencyPicture } from "../../../bench/faults/report/svg";

const NOTHING = { lost: [], unexpected: [], duplicated: [], disordered: [], missing: [], unacknowledged: [] };
const CIRCUMSTANCES = {
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
  problem: "it did not go as planned",
});

it("says in words what is wrong with a row, and nothing of a clean one", () => {
  expect(faultsOf(outcome())).toEqual([]);
  expect(faultsOf(RED)).toEqual(["2 lost", "1 clients away", "task-2 ended by itself", "it did not go as planned"]);
});

it("writes each row with its figures, the sum of all, and the machine", () => {
  const page = markdown([outcome(), RED], CIRCUMSTANCES);
  const rows = page.split("\n").map((line) => line.replace(/ +/g, " "));
  expect(rows).toContain("| task-killed | 300 | 0 | 0 | 7 | 4 ms / 40 ms | 5 ms / 1.2 s | 1.5 s |");
  expect(page).toContain(
    "| redis-killed: **2 lost, 1 clients away, task-2 ended by itself, it did not go as planned** |",
  );
  expect(page).toContain("Of 600 messages that were acknowledged in 2 runs, 2 were lost and 0 were there twice.");
  expect(page).toContain("2 cores of a CPU, Linux 6.1, Node 20.9.0");
});

it("says which rows of the matrix it does not have, and nothing when it has all", () => {
  expect(markdown([outcome()], CIRCUMSTANCES, ["flood", "disk-full"])).toContain(
    "\nRows of the matrix that were not run for this page: flood, disk-full.\n",
  );
  expect(markdown([outcome()], CIRCUMSTANCES)).not.toContain("not run");
});

it("marks the time of each fault in the picture, one panel each, the red ones in red", () => {
  const picture = latencyPicture([outcome(), RED]);
  expect(picture.match(/<rect class="fault" x="174.8" y="30" width="128.8"/g)).toHaveLength(2);
  expect(picture.match(/<polyline class="p99" points="46,95.2 351.9,68.4"/g)).toHaveLength(2);
  expect(picture).toContain('class="name red">redis-killed<');
  expect(picture).toContain('class="name">task-killed<');
});
