import { DrainClock } from "../../../tools/deploy/service/drain-clock";
import { type Outcome, outcomeOf } from "../../../tools/deploy/service/outcome";
import { ServiceProgress } from "../../../tools/deploy/service/progress";
import { isSteady, type ServiceSnapshot } from "../../../tools/deploy/service/snapshot";
import { type Clock } from "../../../tools/deploy/service/clock";
import { followService, waitForDeployment } from "../../../tools/deploy/service/wait";
import { deployment, snapshot } from "./fixtures";

const event = (id: string, message: string) => ({ id, at: new Date(0), message });
const old = (fields = {}) => deployment(1, { isPrimary: false, ...fields });

describe("a deployment of revision 2", () => {
  const judge = (service: ServiceSnapshot, eventsBefore: readonly string[] = []) =>
    outcomeOf(service, { revision: 2, eventsBefore: new Set(eventsBefore) });
  const rolledBack = event("e9", "(deployment ecs-svc/2) deployment failed: tasks failed to start.");

  it.each<[string, ServiceSnapshot, Outcome]>([
    ["is steady alone with all its tasks", snapshot([deployment(2)]), { kind: "steady" }],
    [
      "is in progress while the old one has tasks",
      snapshot([deployment(2, { rollout: "IN_PROGRESS", running: 1 }), old({ running: 1 })]),
      { kind: "in-progress" },
    ],
    [
      "is in progress while ECS watches the rollback alarms",
      snapshot([deployment(2, { rollout: "IN_PROGRESS" })]),
      { kind: "in-progress" },
    ],
    ["is in progress with fewer tasks than wanted", snapshot([deployment(2, { running: 1 })]), { kind: "in-progress" }],
    [
      "has failed when the circuit breaker says so",
      snapshot([
        deployment(1, {
          id: "ecs-svc/3",
          rollout: "IN_PROGRESS",
          reason: "circuit breaker: rolling back to ecs-svc/1.",
        }),
        deployment(2, { isPrimary: false, rollout: "FAILED", reason: "circuit breaker: tasks failed to start." }),
      ]),
      { kind: "failed", reason: "circuit breaker: tasks failed to start.", runs: 1 },
    ],
    [
      "has failed when only an event is left of it",
      snapshot([deployment(1)], { events: [rolledBack] }),
      { kind: "failed", reason: rolledBack.message, runs: 1 },
    ],
    [
      "has failed for good when there is nothing to return to",
      snapshot([deployment(2, { rollout: "FAILED", running: 0, reason: "tasks failed to start." })]),
      { kind: "failed", reason: "tasks failed to start.", runs: 2 },
    ],
    ["is superseded by another one", snapshot([deployment(3)]), { kind: "superseded", by: 3 }],
  ])("%s", (_, service, outcome) => {
    expect(judge(service)).toEqual(outcome);
  });

  it("is not judged by what happened to an earlier one", () => {
    const service = snapshot([deployment(3)], { events: [rolledBack] });
    expect(judge(service, [rolledBack.id])).toEqual({ kind: "superseded", by: 3 });
  });
});

it("is not steady with two deployments, or none", () => {
  expect(isSteady(snapshot([deployment(2), old({ running: 0 })]))).toBe(false);
  expect(isSteady(snapshot([]))).toBe(false);
});

describe("the time that draining targets may still take", () => {
  const target = (id: string, state: string) => ({ id, state, description: "" });

  it("counts down from when the last one began, and starts again for the next", () => {
    const clock = new DrainClock(100);
    expect(clock.secondsLeft([target("a", "healthy")], 0)).toBeUndefined();
    expect(clock.secondsLeft([target("a", "draining")], 1000)).toBe(100);
    expect(clock.secondsLeft([target("a", "draining"), target("b", "draining")], 41_000)).toBe(100);
    expect(clock.secondsLeft([target("a", "draining")], 51_000)).toBe(50);
    expect(clock.secondsLeft([target("a", "draining")], 200_000)).toBe(0);
    expect(clock.secondsLeft([target("c", "draining")], 200_000)).toBe(100);
  });
});

describe("progress", () => {
  const draining = [
    { id: "10.0.0.1:3000", state: "healthy", description: "" },
    { id: "10.0.0.2:3000", state: "draining", description: "" },
  ];

  it("names tasks, failures and targets, and the time left of the drain budget", () => {
    const progress = new ServiceProgress(new DrainClock(100), undefined);
    const deployments = [deployment(2, { running: 1, pending: 1, failed: 1 }), old({ running: 1 })];
    expect(progress.lines(snapshot(deployments, { targets: draining }), 0)).toEqual([
      "revision 2: 1 of 2 running, 1 starting, 1 failed; revision 1: 1 of 2 running; targets: 1 healthy, 1 draining (gone in at most 100 s)",
    ]);
  });

  it("prints a state once, and new events in their order, but none from before", () => {
    const before = snapshot([deployment(1)], { events: [event("1", "old")] });
    const progress = new ServiceProgress(new DrainClock(100), before);
    expect(progress.lines(before, 0)).toEqual(["revision 1: 2 of 2 running"]);
    const events = [event("3", "has started 1 tasks"), event("2", "began"), ...before.events];
    expect(progress.lines({ ...before, events }, 0)).toEqual(["event: began", "event: has started 1 tasks"]);
    expect(progress.lines({ ...before, events }, 0)).toEqual([]);
  });
});

describe("waiting", () => {
  function clockOf(): Clock & { readonly time: () => number } {
    let now = 0;
    const sleep = (ms: number) => {
      now += ms;
      return Promise.resolve();
    };
    return { now: () => now, time: () => now, sleep };
  }

  async function wait(snapshots: readonly ServiceSnapshot[], timeoutSec = 600) {
    const clock = clockOf();
    const printed: string[] = [];
    let index = 0;
    const outcome = await waitForDeployment({
      read: () => Promise.resolve(snapshots[Math.min(index++, snapshots.length - 1)]!),
      deployment: { revision: 2, eventsBefore: new Set() },
      progress: new ServiceProgress(new DrainClock(100), undefined),
      timeoutSec,
      clock,
      print: (line) => printed.push(line),
    });
    return { outcome, printed, seconds: clock.time() / 1000 };
  }
  const inProgress = snapshot([deployment(2, { running: 0, rollout: "IN_PROGRESS" }), old()]);

  it("ends when the deployment is steady, and prints each state once with its time", async () => {
    const { outcome, printed } = await wait([inProgress, inProgress, inProgress, snapshot([deployment(2)])]);
    expect(outcome).toEqual({ kind: "steady" });
    expect(printed).toEqual([
      "00:00  revision 2: 0 of 2 running; revision 1: 2 of 2 running",
      "00:15  revision 2: 2 of 2 running",
    ]);
  });

  it("gives up after the time limit", async () => {
    expect(await wait([inProgress], 60)).toMatchObject({ outcome: { kind: "timed-out" }, seconds: 60 });
  });

  it("does not take the old deployment for somebody else's right after the update", async () => {
    const stale = snapshot([deployment(1)]);
    expect((await wait([stale, stale, inProgress, snapshot([deployment(2)])])).outcome).toEqual({ kind: "steady" });
    expect((await wait([stale])).outcome).toEqual({ kind: "superseded", by: 1 });
  });

  it.each([
    [20, "steady"],
    [30, "read ECONNRESET"],
  ])("outlives a lost connection for two minutes: %d failed reads", async (failures, result) => {
    const clock = clockOf();
    const printed: string[] = [];
    let reads = 0;
    const waiting = waitForDeployment({
      read: () => {
        reads += 1;
        return reads > failures
          ? Promise.resolve(snapshot([deployment(2)]))
          : Promise.reject(new Error("read ECONNRESET"));
      },
      deployment: { revision: 2, eventsBefore: new Set() },
      progress: new ServiceProgress(new DrainClock(100), undefined),
      timeoutSec: 600,
      clock,
      print: (line) => printed.push(line),
    });
    expect(
      await waiting.then(
        ({ kind }) => kind,
        (error: Error) => error.message,
      ),
    ).toBe(result);
    expect(printed[0]).toBe("AWS cannot be reached; the deployment goes on. Trying again.");
    expect(printed.filter((line) => line.startsWith("AWS"))).toHaveLength(1);
  });

  it("ends at once with any other error", async () => {
    await expect(
      waitForDeployment({
        read: () => Promise.reject(new Error("not allowed")),
        deployment: { revision: 2, eventsBefore: new Set() },
        progress: new ServiceProgress(new DrainClock(100), undefined),
        timeoutSec: 600,
        clock: clockOf(),
        print: () => undefined,
      }),
    ).rejects.toThrow("not allowed");
  });

  it("follows a service that does not exist yet until it is told to stop", async () => {
    const stop = new AbortController();
    const clock = clockOf();
    const printed: string[] = [];
    let reads = 0;
    const read = () => {
      reads += 1;
      if (reads === 3) stop.abort();
      return reads === 1 ? Promise.reject(new Error("no such service")) : Promise.resolve(snapshot([deployment(1)]));
    };
    const progress = new ServiceProgress(new DrainClock(100), undefined);
    await followService({ read, progress, clock, print: (line) => printed.push(line) }, stop.signal);
    expect(printed).toEqual(["00:05  revision 1: 2 of 2 running"]);
  });
});
