import { backOffSec } from "../../../tools/twin/scheduler/back-off";
import { circuitBreakerThreshold } from "../../../tools/twin/scheduler/deployment";
import { revision, ServiceDouble, SETTINGS } from "./service-double";

function steady(desiredCount: number, settings: Partial<typeof SETTINGS> = {}): ServiceDouble {
  const service = new ServiceDouble(desiredCount, settings);
  service.bringUp(...Array.from({ length: desiredCount }, (_, index) => index + 1));
  expect(service.scheduler.isSteady).toBe(true);
  service.orders();
  return service;
}

/** The ids of the tasks that received an order. */
function ordered(service: ServiceDouble, kind: string): string[] {
  return service
    .orders()
    .filter((order) => order.startsWith(`${kind} `))
    .map((order) => order.split(" ")[1]!);
}

describe("a rolling deployment", () => {
  it("with 100/200 percent starts all new tasks, and drains an old one for each that serves", () => {
    const service = steady(2);
    service.scheduler.deploy(revision("v2"), 0);
    expect(service.phases()).toMatchObject({ "task-3": "PENDING", "task-4": "PENDING" });
    expect(ordered(service, "deregister")).toEqual([]);
    service.bringUp(3);
    expect(ordered(service, "deregister")).toEqual(["task-1"]);
    service.bringUp(4);
    expect(ordered(service, "deregister")).toEqual(["task-2"]);
    expect(service.scheduler.primary.state).toBe("IN_PROGRESS");
    service.drain(1, 2);
    expect(service.scheduler.isSteady).toBe(true);
    expect(service.scheduler.deployments).toHaveLength(1);
    expect(Object.keys(service.phases())).toEqual(["task-3", "task-4"]);
  });

  it("stays between the minimum healthy percent and the maximum percent", () => {
    const service = steady(4, { maximumPercent: 125 });
    service.scheduler.deploy(revision("v2"), 0);
    for (let next = 5; next <= 8; next++) {
      expect(service.scheduler.tasks.filter(({ isLive }) => isLive)).toHaveLength(5);
      expect(service.scheduler.healthyCount).toBe(4);
      service.bringUp(next);
      const [old] = ordered(service, "deregister");
      service.drain(Number(old!.slice(5)));
    }
    expect(service.scheduler.isSteady).toBe(true);
  });

  it("with 50/100 percent stops old tasks first, down to the minimum", () => {
    const service = steady(4, { minimumHealthyPercent: 50, maximumPercent: 100 });
    service.scheduler.deploy(revision("v2"), 0);
    expect(service.scheduler.healthyCount).toBe(2);
    expect(Object.values(service.phases()).filter((phase) => phase === "PENDING")).toHaveLength(2);
    service.bringUp(5, 6);
    expect(service.scheduler.healthyCount).toBe(2);
    service.bringUp(7, 8);
    service.drain(1, 2, 3, 4);
    expect(service.scheduler.isSteady).toBe(true);
  });

  it("of one task with 0/100 percent stops it before it starts the new one", () => {
    const service = steady(1, { minimumHealthyPercent: 0, maximumPercent: 100 });
    service.scheduler.deploy(revision("v2"), 0);
    expect(service.orders()).toEqual(["deregister task-1", "create-task task-2", "start-container task-2 migration"]);
  });

  it("rounds the minimum up and the maximum down", () => {
    const service = steady(3, { minimumHealthyPercent: 50, maximumPercent: 150 });
    service.scheduler.deploy(revision("v2"), 0);
    // 150 % of 3 is 4.5, rounded down to 4; 50 % is 1.5, rounded up to 2.
    expect(service.scheduler.tasks.filter(({ isLive }) => isLive).length).toBeLessThanOrEqual(4);
    expect(service.scheduler.healthyCount).toBeGreaterThanOrEqual(2);
  });

  it("replaced by a newer one stops tasks that do not serve yet", () => {
    const service = steady(2);
    service.scheduler.deploy(revision("v2"), 0);
    service.orders();
    service.scheduler.deploy(revision("v3"), 0);
    expect(service.orders()).toEqual([
      "signal task-3 migration SIGTERM",
      "signal task-4 migration SIGTERM",
      "create-task task-5",
      "start-container task-5 migration",
      "create-task task-6",
      "start-container task-6 migration",
    ]);
  });

  it("of the same revision replaces every task", () => {
    const service = steady(2);
    service.scheduler.deploy(revision("v1"), 0);
    service.bringUp(3, 4);
    service.drain(1, 2);
    expect(Object.keys(service.phases())).toEqual(["task-3", "task-4"]);
  });
});

describe("scaling", () => {
  it("out starts the missing tasks", () => {
    const service = steady(2);
    service.scheduler.scale(3, 0);
    expect(ordered(service, "create-task")).toEqual(["task-3"]);
  });

  it("in drains the oldest, after those that do not serve yet", () => {
    const service = steady(2);
    service.scheduler.scale(3, 0);
    service.orders();
    service.scheduler.scale(1, 0);
    expect(service.orders()).toEqual(["signal task-3 migration SIGTERM", "deregister task-1"]);
  });
});

describe("the replacement of unhealthy tasks", () => {
  it("comes first where the ceiling has room", () => {
    const service = steady(2);
    service.pass(300);
    service.target(1, "unhealthy");
    expect(service.orders()).toEqual(["create-task task-3", "start-container task-3 migration"]);
    service.bringUp(3);
    expect(service.orders()).toContain("deregister task-1");
  });

  it("continues even when the task recovers", () => {
    const service = steady(2);
    service.pass(300);
    service.target(1, "unhealthy");
    service.target(1, "healthy");
    service.bringUp(3);
    expect(ordered(service, "deregister")).toEqual(["task-1"]);
  });

  it("comes after the stop, one at a time, where there is no room", () => {
    const service = steady(2, { minimumHealthyPercent: 50, maximumPercent: 100 });
    service.pass(300);
    service.target(1, "unhealthy");
    service.target(2, "unhealthy");
    expect(service.orders()).toEqual(["deregister task-1", "create-task task-3", "start-container task-3 migration"]);
    service.bringUp(3);
    expect(ordered(service, "deregister")).toEqual(["task-2"]);
  });
});

describe("back-off", () => {
  it("begins after three starts and doubles up to 27 minutes", () => {
    expect([0, 1, 2, 3, 4, 5, 10, 11, 50].map(backOffSec)).toEqual([0, 0, 0, 10, 20, 40, 1280, 1620, 1620]);
  });

  it("slows the starts of a service whose tasks fail, until one is healthy", () => {
    const service = new ServiceDouble(1, { circuitBreaker: { enabled: false, rollback: false } });
    service.exit(1, "migration", 1);
    service.exit(2, "migration", 1);
    expect(Object.keys(service.phases())).toEqual(["task-3"]);
    service.exit(3, "migration", 1);
    expect(service.phases()).toEqual({});
    service.pass(9);
    expect(service.phases()).toEqual({});
    service.pass(1);
    expect(service.phases()).toEqual({ "task-4": "PENDING" });
    service.bringUp(4);
    service.exit(4, "app", 1);
    expect(service.phases()).toEqual({ "task-5": "PENDING" });
  });

  it("is reset by a new deployment", () => {
    const service = new ServiceDouble(1, { circuitBreaker: { enabled: false, rollback: false } });
    for (const task of [1, 2, 3]) service.exit(task, "migration", 1);
    service.scheduler.deploy(revision("v2"), service.nowMs);
    expect(service.phases()).toEqual({ "task-4": "PENDING" });
  });
});

describe("the circuit breaker", () => {
  it("trips at half of the desired count, at 3 at least and 200 at most", () => {
    expect([1, 2, 6, 7, 25, 399, 400, 1000].map(circuitBreakerThreshold)).toEqual([3, 3, 3, 4, 13, 200, 200, 200]);
  });

  it("rolls back a failed migration without touching serving tasks", () => {
    const service = steady(2);
    service.scheduler.deploy(revision("v2"), 0);
    service.orders();
    service.exit(3, "migration", 1);
    service.exit(4, "migration", 1);
    expect(service.scheduler.primary.revision.label).toBe("v2");
    service.exit(5, "migration", 1);
    const { primary } = service.scheduler;
    expect(primary.revision.label).toBe("v1");
    expect(primary.isRollback).toBe(true);
    expect(service.reports).toContain("deployment-2 (v2) failed: 3 tasks failed");
    expect(service.reports).toContain("is rolling back to deployment-1 (v1)");
    service.exit(6, "migration", 143);
    expect(service.scheduler.isSteady).toBe(true);
    expect(service.phases()).toEqual({ "task-1": "RUNNING healthy", "task-2": "RUNNING healthy" });
  });

  it("rolls back an image whose app exits before it serves", () => {
    const service = steady(2);
    service.scheduler.deploy(revision("broken"), 0);
    for (const task of [3, 4, 5]) {
      service.exit(task, "migration");
      service.exit(task, "app", 1);
    }
    expect(service.scheduler.primary.revision.label).toBe("v1");
    expect(service.scheduler.healthyCount).toBe(2);
  });

  it("rolls back an image whose app never becomes healthy, after the grace period of three tasks", () => {
    const service = steady(2);
    service.scheduler.deploy(revision("sick"), 0);
    service.exit(3, "migration");
    service.exit(4, "migration");
    service.target(3, "unhealthy");
    service.target(4, "unhealthy");
    service.pass(240);
    expect(service.scheduler.primary.failedTasks).toBe(2);
    expect(service.scheduler.primary.revision.label).toBe("sick");
    const third = service.scheduler.tasks.at(-1)!;
    service.exit(Number(third.id.slice(5)), "migration");
    service.target(Number(third.id.slice(5)), "unhealthy");
    service.pass(240);
    expect(service.scheduler.primary.revision.label).toBe("v1");
    expect(service.scheduler.healthyCount).toBe(2);
  });

  it("restores the tasks that the failed deployment had stopped", () => {
    const service = steady(4, { maximumPercent: 125 });
    service.scheduler.deploy(revision("v2"), 0);
    service.bringUp(5);
    service.drain(1);
    for (const task of [6, 7, 8]) {
      service.exit(task, "migration");
      service.exit(task, "app", 1);
    }
    expect(service.scheduler.primary.revision.label).toBe("v1");
    expect(service.scheduler.healthyCount).toBe(4);
    service.bringUp(9);
    service.drain(5);
    expect(service.scheduler.isSteady).toBe(true);
    expect(Object.keys(service.phases())).toEqual(["task-2", "task-3", "task-4", "task-9"]);
  });

  it("does not count the failures of earlier tasks against a rollback", () => {
    const service = steady(3, { gracePeriodSec: 0 });
    service.scheduler.deploy(revision("v2"), 0);
    for (const task of [4, 5, 6]) service.exit(task, "migration", 1);
    // One task is missing, so the rollback is not complete.
    service.exit(1, "app", 1);
    for (const task of [2, 3]) service.target(task, "unhealthy");
    expect(service.scheduler.primary.isRollback).toBe(true);
    expect(service.scheduler.primary.failedTasks).toBe(0);
  });

  it("starts no more tasks when there is no earlier revision, or rollback is off", () => {
    const first = new ServiceDouble(1);
    for (const task of [1, 2, 3]) first.exit(task, "migration", 1);
    first.pass(3600);
    expect(first.scheduler.primary.state).toBe("FAILED");
    expect(first.phases()).toEqual({});

    const off = steady(1, { circuitBreaker: { enabled: true, rollback: false } });
    off.scheduler.deploy(revision("v2"), 0);
    for (const task of [2, 3, 4]) off.exit(task, "migration", 1);
    expect(off.scheduler.primary.state).toBe("FAILED");
    expect(off.phases()).toEqual({ "task-1": "RUNNING healthy" });
  });

  it("resets its count when a task runs, and never trips once the deployment is complete", () => {
    const service = steady(1);
    service.scheduler.deploy(revision("v2"), 0);
    service.exit(2, "migration", 1);
    service.exit(3, "migration", 1);
    service.exit(4, "migration");
    expect(service.scheduler.primary.failedTasks).toBe(0);
    service.target(4, "healthy");
    service.drain(1);
    expect(service.scheduler.primary.state).toBe("COMPLETED");
    for (let crash = 0; crash < 5; crash++) {
      service.pass(3600);
      const task = Number(service.scheduler.tasks[0]!.id.slice(5));
      service.exit(task, "migration");
      service.exit(task, "app", 1);
    }
    expect(service.scheduler.primary.revision.label).toBe("v2");
  });

  it("does not roll a rollback back", () => {
    const service = steady(1);
    service.scheduler.deploy(revision("v2"), 0);
    service.exit(1, "app", 1);
    for (const task of [2, 3, 4]) service.exit(task, "migration", 1);
    for (let failure = 0; failure < 5; failure++) {
      service.pass(3600);
      const task = service.scheduler.tasks.find(({ phase }) => phase === "PENDING");
      if (task) service.exit(Number(task.id.slice(5)), "migration", 1);
    }
    expect(service.scheduler.primary.state).toBe("FAILED");
    expect(service.reports.filter((line) => line.startsWith("is rolling back"))).toHaveLength(1);
  });
});

it("stops a task on request and starts another", () => {
  const service = steady(2);
  service.scheduler.stopTask("task-1", "asked to", 0);
  expect(service.orders()).toEqual(["deregister task-1", "create-task task-3", "start-container task-3 migration"]);
});

it("ignores tasks that no longer exist", () => {
  const service = steady(1);
  service.exit(9, "app", 1);
  service.scheduler.stopTask("task-9", "asked to", 0);
  expect(service.orders()).toEqual([]);
});

it("applies changed settings from then on", () => {
  const service = steady(2);
  service.scheduler.configure({ ...SETTINGS, deregistrationDelaySec: 5 }, 0);
  service.scheduler.scale(1, 0);
  service.orders();
  service.pass(5);
  expect(service.orders()).toEqual(["close-connections task-1", "signal task-1 app SIGTERM"]);
});
