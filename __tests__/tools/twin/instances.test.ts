import { InstanceControl } from "../../../tools/twin/instances/instance-control";
import { instances } from "../../../tools/twin/instances/instance-kind";
import { type Group } from "../../../tools/twin/topology/topology";
import { container, MIGRATION, revision, ServiceDouble } from "./service-double";

const HEALTH = { command: ["CMD", "check"], intervalSec: 1, timeoutSec: 5, retries: 60, startPeriodSec: 0 };
const GROUP: Group = {
  instanceType: "t4g.small",
  warmupSec: 20,
  launchHookSec: 420,
  terminateHookSec: 85,
  bootSec: 60,
  drainSec: 65,
  processes: ["process-0", "process-1"],
  nginx: { container: "nginx", configuration: "", drainingFile: "/run/app/draining" },
};

function programs(withHealth = HEALTH) {
  const dependsOn = [
    { container: "nginx", condition: "START" },
    { container: "migration", condition: "SUCCESS" },
  ] as const;
  const process = (name: string) => container(name, { dependsOn, healthCheck: withHealth });
  return [container("nginx"), MIGRATION, process("process-0"), process("process-1")];
}

function group(desiredCount = 2, settings = {}): ServiceDouble {
  const applied = { gracePeriodSec: 30, circuitBreaker: { enabled: true, rollback: false }, ...settings };
  return new ServiceDouble(
    desiredCount,
    applied,
    revision("v1", programs()),
    instances(() => GROUP),
  );
}

/** Boots instances, and lets their warm-up pass. */
function bringUp(service: ServiceDouble, ...numbers: number[]): void {
  for (const number of numbers) {
    service.exit(number, "migration");
    for (const name of GROUP.processes) service.check(number, name, "healthy");
    service.target(number, "healthy");
  }
  service.pass(GROUP.warmupSec);
}

function steady(desiredCount = 2): ServiceDouble {
  const service = group(desiredCount);
  bringUp(service, ...Array.from({ length: desiredCount }, (_, index) => index + 1));
  expect(service.scheduler.isSteady).toBe(true);
  service.orders();
  return service;
}

function control(service: ServiceDouble): InstanceControl {
  return new InstanceControl(service.scheduler, () => service.nowMs);
}

/** Lets the processes and then nginx of an instance exit. */
function end(service: ServiceDouble, number: number): void {
  for (const name of [...GROUP.processes, "nginx"]) service.exit(number, name, 0);
}

describe("the launch of an instance", () => {
  it("registers it only when every process is healthy, and counts it after the warm-up", () => {
    const service = group(1);
    expect(service.orders()).toEqual([
      "create-task instance-1",
      "start-container instance-1 nginx",
      "start-container instance-1 migration",
    ]);
    service.exit(1, "migration");
    expect(service.orders()).toEqual(["start-container instance-1 process-0", "start-container instance-1 process-1"]);
    service.check(1, "process-0", "healthy");
    expect(service.phases()).toEqual({ "instance-1": "PENDING" });
    service.check(1, "process-1", "healthy");
    expect(service.orders()).toEqual(["register instance-1"]);
    service.target(1, "healthy");
    expect(service.scheduler.isSteady).toBe(false);
    service.pass(20);
    expect(service.scheduler.isSteady).toBe(true);
  });

  it("is abandoned after the time of a boot, and again started by systemd until then", () => {
    const service = group(1);
    service.exit(1, "migration");
    service.exit(1, "process-0", 1);
    service.orders();
    service.pass(2);
    expect(service.orders()).toEqual(["start-container instance-1 process-0"]);
    service.pass(58);
    expect(service.reports).toContain("instance-1 stopped: the boot failed: a process is not healthy after 60 s");
    expect(service.reports).toContain("instance-1: process-0 exited (exit code 1) and is started again");
  });

  it("is abandoned when the migration fails", () => {
    const service = group(1);
    service.exit(1, "migration", 1);
    expect(service.reports).toContain(
      "instance-1 stopped: the boot failed: process-0 waits for SUCCESS of migration: exit code 1",
    );
  });
});

describe("the end of an instance", () => {
  it("deregisters it, drains when the agent notices, ends nginx last, and waits for both", () => {
    const service = steady();
    service.scheduler.scale(1, service.nowMs);
    expect(service.orders()).toEqual(["deregister instance-1"]);
    service.pass(5);
    expect(service.orders()).toEqual([
      "fail-health-checks instance-1",
      "signal instance-1 process-0 SIGTERM",
      "signal instance-1 process-1 SIGTERM",
    ]);
    service.exit(1, "process-0", 0);
    service.exit(1, "process-1", 0);
    expect(service.orders()).toEqual([]);
    service.connections(1, 0);
    expect(service.orders()).toEqual(["signal instance-1 nginx SIGTERM"]);
    service.exit(1, "nginx", 0);
    expect(service.orders()).toEqual(["release-task instance-1"]);
    expect(service.scheduler.isSteady).toBe(true);
  });

  it("closes connections after the deregistration delay, and ends when the hook times out", () => {
    const service = steady();
    service.scheduler.scale(1, service.nowMs);
    service.pass(30);
    expect(service.orders()).toContain("close-connections instance-1");
    service.pass(84);
    expect(service.phases()).toMatchObject({ "instance-1": "DEACTIVATING healthy" });
    service.pass(1);
    expect(service.phases()).toMatchObject({ "instance-1": "STOPPING healthy" });
    for (const name of GROUP.processes) service.exit(1, name, 137);
    expect(service.orders()).toContain("signal instance-1 nginx SIGTERM");
  });

  it("on a Spot notice comes after its replacement serves, else 105 s less the drain, else two minutes after the notice", () => {
    const service = steady();
    control(service).interrupt("instance-1");
    expect(service.orders()).toEqual([
      "fail-health-checks instance-1",
      "create-task instance-3",
      "start-container instance-3 nginx",
      "start-container instance-3 migration",
    ]);
    service.pass(39);
    expect(service.orders()).toEqual([]);
    service.pass(1);
    expect(service.orders()).toContain("signal instance-1 process-0 SIGTERM");
    bringUp(service, 3);
    expect(service.orders()).toContain("deregister instance-1");
    service.connections(1, 0);
    end(service, 1);
    expect(service.scheduler.isSteady).toBe(true);
    const other = steady();
    control(other).interrupt("instance-1");
    other.pass(119);
    expect(other.orders()).not.toContain("signal instance-1 nginx SIGKILL");
    other.pass(1);
    expect(other.orders()).toContain("signal instance-1 nginx SIGKILL");
  });

  it("of a lost machine is found by the load balancer, and nothing is started on it again", () => {
    const service = steady();
    control(service).lose("instance-2");
    expect(service.orders()).toEqual([
      "signal instance-2 nginx SIGKILL",
      "signal instance-2 process-0 SIGKILL",
      "signal instance-2 process-1 SIGKILL",
    ]);
    end(service, 2);
    service.pass(30);
    expect(service.orders()).toEqual([]);
    service.target(2, "unhealthy");
    expect(service.reports).toContain("instance-2 is unhealthy: it failed ELB health checks");
    expect(service.orders()).toContain("create-task instance-3");
    bringUp(service, 3);
    expect(service.orders()).toEqual(expect.arrayContaining(["deregister instance-2", "release-task instance-2"]));
    expect(service.scheduler.isSteady).toBe(true);
  });
});

describe("the processes of an instance", () => {
  it("are started again 2 s after they have ended", () => {
    const service = steady();
    service.exit(1, "process-1", 137);
    service.pass(1.9);
    expect(service.orders()).toEqual([]);
    service.pass(0.1);
    expect(service.orders()).toEqual(["start-container instance-1 process-1"]);
    expect(service.scheduler.isSteady).toBe(true);
  });

  it("are killed when they have not answered for the time of a boot", () => {
    const service = steady();
    service.check(1, "process-0", "unhealthy");
    expect(service.orders()).toEqual(["signal instance-1 process-0 SIGKILL"]);
    service.exit(1, "process-0", 137);
    service.pass(2);
    expect(service.orders()).toEqual(["start-container instance-1 process-0"]);
  });

  it("are restarted one after the other, each after the one before is healthy", () => {
    const service = steady();
    control(service).restartProcesses("instance-1");
    expect(service.orders()).toEqual(["signal instance-1 process-0 SIGTERM"]);
    service.exit(1, "process-0", 0);
    expect(service.orders()).toEqual(["start-container instance-1 process-0"]);
    service.check(1, "process-0", "healthy");
    expect(service.orders()).toEqual(["signal instance-1 process-1 SIGTERM"]);
    service.exit(1, "process-1", 0);
    service.check(1, "process-1", "healthy");
    expect(service.orders()).toEqual(["start-container instance-1 process-1"]);
    expect(service.reports.filter((report) => report.endsWith("restarted"))).toEqual([
      "instance-1: process-0 restarted",
      "instance-1: process-1 restarted",
    ]);
    expect(service.reports.filter((report) => report.includes("exited"))).toEqual([]);
  });

  it("keep running when one is not healthy after its restart", () => {
    const service = steady();
    control(service).restartProcesses("instance-1");
    service.exit(1, "process-0", 0);
    service.orders();
    service.pass(130);
    expect(service.reports).toContain(
      "instance-1: process-0 is not healthy 60 s after its restart: the others keep running",
    );
    expect(service.orders()).toEqual([]);
  });
});

describe("an instance refresh", () => {
  it("launches new instances first, and drains the old ones when those serve", () => {
    const service = steady();
    service.scheduler.deploy(revision("v2", programs()), service.nowMs);
    expect(service.orders().filter((order) => order.startsWith("create"))).toEqual([
      "create-task instance-3",
      "create-task instance-4",
    ]);
    bringUp(service, 3, 4);
    expect(service.orders().filter((order) => order.startsWith("deregister"))).toEqual([
      "deregister instance-1",
      "deregister instance-2",
    ]);
  });

  it("stops at the first instance that does not boot, and keeps the old ones", () => {
    const service = steady();
    service.scheduler.deploy(revision("v2", programs()), service.nowMs);
    service.exit(3, "migration", 1);
    expect(service.scheduler.primary.state).toBe("FAILED");
    service.exit(4, "migration", 1);
    for (const number of [3, 4]) service.exit(number, "nginx", 0);
    expect(Object.keys(service.phases())).toEqual(["instance-1", "instance-2"]);
    service.pass(600);
    expect(service.orders().filter((order) => order.startsWith("create-task instance-5"))).toEqual([]);
    service.scheduler.deploy(revision("v1", programs()), service.nowMs);
    expect(service.orders()).toContain("create-task instance-5");
  });

  it("rolls back by itself where that was applied", () => {
    const service = group(1, { circuitBreaker: { enabled: true, rollback: true } });
    bringUp(service, 1);
    service.scheduler.deploy(revision("v2", programs()), service.nowMs);
    service.exit(2, "migration", 1);
    expect(service.scheduler.primary).toMatchObject({ isRollback: true, revision: { label: "v1" } });
  });
});

it("names the instances when there is no such one", () => {
  expect(() => control(steady()).interrupt("instance-9")).toThrow(
    "expected an instance of an Auto Scaling group, got instance-9. Running: instance-1, instance-2.",
  );
});
