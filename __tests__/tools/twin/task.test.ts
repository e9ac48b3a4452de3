import { type Container } from "../../../tools/twin/topology/topology";
import { container, MIGRATION, revision, ServiceDouble, SETTINGS } from "./service-double";

function single(...containers: Container[]): ServiceDouble {
  return new ServiceDouble(1, {}, revision("v1", containers));
}

describe("the start of a task", () => {
  it("runs the migration first, then the app, then registers the target", () => {
    const service = new ServiceDouble(1);
    expect(service.orders()).toEqual(["create-task task-1", "start-container task-1 migration"]);
    expect(service.phases()).toEqual({ "task-1": "PENDING" });
    service.exit(1, "migration");
    expect(service.orders()).toEqual(["start-container task-1 app", "register task-1"]);
    expect(service.phases()).toEqual({ "task-1": "RUNNING initial" });
    expect(service.scheduler.healthyCount).toBe(0);
    service.target(1, "healthy");
    expect(service.scheduler.healthyCount).toBe(1);
    expect(service.scheduler.isSteady).toBe(true);
  });

  it("never starts the app when the migration fails", () => {
    const service = new ServiceDouble(1);
    service.orders();
    service.exit(1, "migration", 1);
    expect(service.orders()).toEqual(["release-task task-1", "create-task task-2", "start-container task-2 migration"]);
    expect(service.reports).toContain(
      "task-1 stopped: TaskFailedToStart: app waits for SUCCESS of migration: exit code 1",
    );
  });

  it("accepts any exit code for COMPLETE, and the start alone for START", () => {
    const complete = container("app", { dependsOn: [{ container: "migration", condition: "COMPLETE" }] });
    const service = single(MIGRATION, complete);
    service.exit(1, "migration", 3);
    expect(service.phases()).toEqual({ "task-1": "RUNNING initial" });

    const started = single(
      MIGRATION,
      container("app", { dependsOn: [{ container: "migration", condition: "START" }] }),
    );
    expect(started.orders().slice(1)).toEqual([
      "start-container task-1 migration",
      "start-container task-1 app",
      "register task-1",
    ]);
  });

  it("waits for HEALTHY, and gives up when that container ends", () => {
    const check = { command: ["CMD", "true"], intervalSec: 30, timeoutSec: 5, retries: 3, startPeriodSec: 0 };
    const proxy = container("proxy", { essential: false, healthCheck: check });
    const app = container("app", { dependsOn: [{ container: "proxy", condition: "HEALTHY" }] });
    const service = single(proxy, app);
    expect(service.orders()).not.toContain("start-container task-1 app");
    service.check(1, "proxy", "healthy");
    expect(service.orders()).toContain("start-container task-1 app");

    const failing = single(proxy, app);
    failing.exit(1, "proxy", 0);
    expect(failing.reports.join()).toContain("app waits for HEALTHY of proxy: exit code 0");
  });

  it("fails after startTimeout, with SIGTERM and then SIGKILL to what still runs", () => {
    const slow = container("migration", { essential: false, startTimeoutSec: 10, stopTimeoutSec: 5 });
    const service = single(slow, container("app", { dependsOn: [{ container: "migration", condition: "SUCCESS" }] }));
    service.pass(9);
    expect(service.phases()).toEqual({ "task-1": "PENDING" });
    service.orders();
    service.pass(1);
    expect(service.phases()["task-1"]).toBe("STOPPING");
    expect(service.orders()).toContain("signal task-1 migration SIGTERM");
    expect(service.reports.join()).toContain("dependency migration took longer than 10 s");
    service.pass(5);
    expect(service.orders()).toContain("signal task-1 migration SIGKILL");
    service.exit(1, "migration", 137);
    expect(service.orders()).toContain("release-task task-1");
  });
});

describe("the end of a task", () => {
  function draining(): ServiceDouble {
    const service = new ServiceDouble(1);
    service.bringUp(1);
    service.orders();
    service.scheduler.scale(0, service.nowMs);
    return service;
  }

  it("runs in the order deregister, full delay, close, SIGTERM, stop timeout, SIGKILL", () => {
    const service = draining();
    expect(service.orders()).toEqual(["deregister task-1"]);
    service.connections(1, 5);
    service.pass(29);
    expect(service.orders()).toEqual([]);
    expect(service.phases()["task-1"]).toMatch(/^DEACTIVATING/);
    service.pass(1);
    expect(service.orders()).toEqual(["close-connections task-1", "signal task-1 app SIGTERM"]);
    service.pass(69);
    expect(service.orders()).toEqual([]);
    service.pass(1);
    expect(service.orders()).toEqual(["signal task-1 app SIGKILL"]);
    service.pass(100);
    expect(service.orders()).toEqual([]);
    service.exit(1, "app", 137);
    expect(service.orders()).toEqual(["release-task task-1"]);
    expect(service.phases()).toEqual({});
  });

  it("comes early only when no connection is open", () => {
    const service = draining();
    service.connections(1, 1);
    service.pass(10);
    expect(service.phases()["task-1"]).toMatch(/^DEACTIVATING/);
    service.connections(1, 0);
    expect(service.orders()).toEqual(["deregister task-1", "signal task-1 app SIGTERM"]);
  });

  it("skips the load balancer for a task that never registered", () => {
    const service = new ServiceDouble(1);
    service.orders();
    service.scheduler.scale(0, 0);
    expect(service.orders()).toEqual(["signal task-1 migration SIGTERM"]);
    service.exit(1, "migration", 143);
    expect(service.orders()).toEqual(["release-task task-1"]);
  });

  it("sends no SIGTERM to an app that exits while it drains", () => {
    const service = draining();
    service.orders();
    service.exit(1, "app", 0);
    expect(service.orders()).toEqual(["release-task task-1"]);
  });

  it("stops containers in the reverse order of their dependencies", () => {
    const sidecar = container("sidecar", { essential: false });
    const app = container("app", { dependsOn: [{ container: "sidecar", condition: "START" }] });
    const service = single(sidecar, app);
    service.target(1, "healthy");
    service.scheduler.scale(0, 0);
    service.orders();
    service.connections(1, 0);
    expect(service.orders()).toEqual(["signal task-1 app SIGTERM"]);
    service.exit(1, "app", 0);
    expect(service.orders()).toEqual(["signal task-1 sidecar SIGTERM"]);
    service.exit(1, "sidecar", 0);
    expect(service.orders()).toEqual(["release-task task-1"]);
  });

  it("applies a changed deregistration delay only from the next task on", () => {
    const service = draining();
    service.scheduler.configure({ ...SETTINGS, deregistrationDelaySec: 1 }, 0);
    service.pass(29);
    expect(service.phases()["task-1"]).toMatch(/^DEACTIVATING/);
  });
});

describe("a task that dies", () => {
  it("is deregistered and replaced at once", () => {
    const service = new ServiceDouble(1);
    service.bringUp(1);
    service.orders();
    service.exit(1, "app", 137, "out of memory");
    expect(service.orders()).toEqual([
      "deregister task-1",
      "release-task task-1",
      "create-task task-2",
      "start-container task-2 migration",
    ]);
    expect(service.reports).toContain(
      "task-1 stopped: Essential container in task exited (app: exit code 137, out of memory)",
    );
  });

  it("stops the other containers too", () => {
    const service = single(container("log", { essential: false }), container("app"));
    service.target(1, "healthy");
    service.orders();
    service.exit(1, "app", 1);
    expect(service.orders().slice(0, 2)).toEqual(["deregister task-1", "signal task-1 log SIGTERM"]);
  });

  it("survives the exit of a container that is not essential", () => {
    const service = single(container("log", { essential: false }), container("app"));
    service.target(1, "healthy");
    service.exit(1, "log", 1);
    expect(service.phases()).toEqual({ "task-1": "RUNNING healthy" });
  });
});

describe("health", () => {
  it("of the target is ignored during the grace period, and not a second longer", () => {
    const service = new ServiceDouble(1);
    service.exit(1, "migration");
    service.target(1, "unhealthy");
    service.pass(239);
    expect(service.reports.join()).not.toContain("unhealthy");
    service.pass(1);
    expect(service.reports).toContain("task-1 is unhealthy: Task failed ELB health checks");
  });

  it("of the target may come back within the grace period", () => {
    const service = new ServiceDouble(1);
    service.exit(1, "migration");
    service.target(1, "unhealthy");
    service.pass(200);
    service.target(1, "healthy");
    service.pass(100);
    expect(service.scheduler.isSteady).toBe(true);
  });

  it("of a container has no grace period, and counts in addition to the target's", () => {
    const check = { command: ["CMD", "true"], intervalSec: 30, timeoutSec: 5, retries: 3, startPeriodSec: 0 };
    const service = single(container("app", { healthCheck: check }));
    service.target(1, "healthy");
    expect(service.scheduler.healthyCount).toBe(0);
    service.check(1, "app", "healthy");
    expect(service.scheduler.healthyCount).toBe(1);
    service.check(1, "app", "unhealthy");
    expect(service.reports).toContain("task-1 is unhealthy: Task failed container health checks");
  });
});
