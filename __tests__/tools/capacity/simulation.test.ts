import { type Fleet } from "../../../tools/capacity/simulation/scenario";
import { EVENT_AT, type Outcome, simulate } from "../../../tools/capacity/simulation/simulate";

/** Round figures: a handshake takes 1 ms, nobody writes, and the database is never a bottleneck. */
const FLEET: Fleet = {
  connections: 30_000,
  tasks: 6,
  zones: 3,
  targetPerTask: 5000,
  messagesPerSec: 0,
  sharedCpu: 0,
  foreignCpu: 0,
  handshakeCpu: 0.001,
  catchUpsPerSec: 1_000_000,
  startSec: 50,
  drainSec: 60,
  launchesPerSec: 8,
};
const after = ({ samples }: Outcome, second: number) => samples[EVENT_AT + second]!;

it("gives the same run for the same seed, and another one for another", () => {
  const run = (seed: number) => simulate(FLEET, { kind: "deploy" }, { seed, seconds: 150 }).samples;
  expect(run(7)).toEqual(run(7));
  expect(run(7)).not.toEqual(run(8));
});

it("keeps the number of clients: each is connected or offline", () => {
  for (const kind of ["storm", "zone lost", "deploy"] as const) {
    const { samples } = simulate(FLEET, { kind });
    expect(samples.filter(({ open, offline }) => open + offline !== FLEET.connections)).toEqual([]);
    expect(samples.at(-1)!.open).toBe(FLEET.connections);
  }
});

describe("a reconnect storm", () => {
  it("takes as long as the handshakes do", () => {
    // 5,000 handshakes a task at 1,000 a second, the first of them half a second to one and a half later
    const outcome = simulate(FLEET, { kind: "storm" });
    expect(after(outcome, 0).open).toBe(0);
    expect(outcome.recoveredSec).toBeGreaterThanOrEqual(5);
    expect(outcome.recoveredSec).toBeLessThanOrEqual(7);
    expect(outcome.overloadSec).toBeGreaterThanOrEqual(4);
    expect(outcome.dropped).toBe(0);
  });

  it("takes as long as the database needs to catch up every client", () => {
    // 30,000 at 1,000 a second
    const outcome = simulate({ ...FLEET, catchUpsPerSec: 1000 }, { kind: "storm" });
    expect(outcome.recoveredSec).toBeGreaterThanOrEqual(30);
    expect(outcome.recoveredSec).toBeLessThanOrEqual(32);
    expect(outcome.gapP99Sec).toBeGreaterThanOrEqual(29);
  });

  it("makes clients time out when a task is too slow for 15 seconds, and they reconnect later", () => {
    // 5,000 at 100 a second: 50 seconds
    const outcome = simulate({ ...FLEET, handshakeCpu: 0.01 }, { kind: "storm" });
    expect(outcome.dropped).toBeGreaterThan(0);
    expect(outcome.recoveredSec).toBeGreaterThanOrEqual(50);
    expect(after(outcome, 200).open).toBe(FLEET.connections);
  });

  it("gives handshakes the CPU that messages leave", () => {
    const busy = { ...FLEET, messagesPerSec: 1000, foreignCpu: 0.0009 };
    const quiet = simulate(FLEET, { kind: "storm" });
    expect(simulate(busy, { kind: "storm" }).recoveredSec).toBeGreaterThan(quiet.recoveredSec!);
  });
});

it("loses a third of the clients with a zone, and they notice by the heartbeat", () => {
  const outcome = simulate(FLEET, { kind: "zone lost" });
  expect(after(outcome, 0)).toMatchObject({ open: 20_000, offline: 10_000, serving: 4 });
  expect(after(outcome, 19).open).toBe(20_000);
  expect(outcome.recoveredSec).toBeGreaterThanOrEqual(44);
  expect(outcome.gapP99Sec).toBeGreaterThanOrEqual(44);
  // 50 s to start, at most 15 to be registered, and two tasks to launch
  expect(outcome.scaledSec).toBeGreaterThanOrEqual(50);
  expect(outcome.scaledSec).toBeLessThanOrEqual(66);
});

it("deploys without falling below the desired count, and closes connections at the rate of the drain", () => {
  const { samples, scaledSec } = simulate(FLEET, { kind: "deploy" });
  expect(samples.filter(({ serving }) => serving < FLEET.tasks)).toEqual([]);
  // 5,000 sockets over 60 s are 84 a second of each of 6 tasks; a try takes at most 2 s
  expect(Math.max(...samples.map(({ offline }) => offline))).toBeLessThanOrEqual(3 * 6 * 84);
  expect(scaledSec).toBeGreaterThanOrEqual(50);
});

it("deploys no faster than ECS launches tasks", () => {
  const slow = simulate({ ...FLEET, launchesPerSec: 0.1 }, { kind: "deploy" });
  // five more tasks after the first, one in 10 s
  expect(slow.scaledSec).toBeGreaterThanOrEqual(100 - 10);
});

it("scales out after three minutes above the target, to the number of tasks that meets it", () => {
  const outcome = simulate(FLEET, { kind: "surge", factor: 2, overSec: 300 }, { seconds: 1200 });
  expect(after(outcome, 179).serving).toBe(6);
  expect(outcome.samples.at(-1)).toMatchObject({ open: 60_000, serving: 12 });
  expect(outcome.scaledSec).toBeGreaterThan(230);
});
