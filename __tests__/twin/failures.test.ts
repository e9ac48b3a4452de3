import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { startTwin } from "../../tools/twin/start-twin";
import { type Twin } from "../../tools/twin/twin";
import { appliedTopology, type Changes, FIXTURE_IMAGE } from "./applied-topology";
import { echo, openSocket, get } from "./requests";

let twin: Twin | undefined;

async function start(changes: Changes = {}): Promise<Twin> {
  twin = await startTwin({ topology: appliedTopology(changes), image: FIXTURE_IMAGE });
  await twin.untilSteady();
  return twin;
}

afterEach(async () => {
  await twin?.stop();
  twin = undefined;
});

function eventTexts({ events }: Twin): string {
  return events.map(({ message }) => message).join("\n");
}

it("replaces a killed task while the others serve", async () => {
  const { url } = await start();
  twin!.kill("task-1");
  await twin!.until(({ tasks }) => tasks.every(({ id }) => id !== "task-1"));
  expect((await get(url)).status).toBe(200);
  await twin!.untilSteady();
  expect(twin!.tasks().map(({ id }) => id)).toEqual(["task-2", "task-3"]);
  expect(eventTexts(twin!)).toContain("task-1 stopped: Essential container in task exited (app: exit code 137)");
});

it.each([
  ["a migration that fails", { FIXTURE_MIGRATION: "1" }],
  ["an app that exits when it starts", { FIXTURE_SERVER: "exit" }],
  ["an app that never becomes healthy", { FIXTURE_SERVER: "sick" }],
])("rolls back %s, and keeps the tasks that serve", async (_fault, environment) => {
  await start();
  const before = twin!.tasks().map(({ id }) => id);
  // Only the broken deployment gets a short grace period: healthy tasks need time to start on a busy machine.
  const quick = { service: { health_check_grace_period_seconds: 2 } };
  await twin!.deploy({ topology: appliedTopology({ ...quick, environment }) });
  const status = await twin!.until(({ steady, deployments }) => steady && deployments[0]!.isRollback);
  expect(status.tasks.map(({ id }) => id)).toEqual(before);
  expect(eventTexts(twin!)).toMatch(/failed: [34] tasks failed/);
});

it("limits a task to its CPU", async () => {
  const { url } = await start({ task: { cpu: "256" } });
  expect(twin!.status().limitations).toEqual([]);
  const { body } = await get(`${url}/burn`);
  // A quarter of a CPU for one second, and some margin for the last time slice.
  expect(Number(body["cpuUs"])).toBeLessThan(450_000);
});

it("kills a task that exceeds its memory, and reports it", async () => {
  const { url } = await start();
  await get(`${url}/eat`).catch(() => undefined);
  await twin!.until(() => eventTexts(twin!).includes("exit code 137, OutOfMemoryError"));
  await twin!.untilSteady();
});

it("partitions one task from one server without closing connections, and heals it", async () => {
  const { url } = await start();
  const [first, second] = twin!.tasks();
  const direct = (task: typeof first, path: string) => get(`http://${task!.address}${path}`);
  await twin!.partition("task-1", "redis");
  expect((await direct(first, "/redis")).status).toBe(504);
  expect((await direct(first, "/database")).status).toBe(200);
  expect((await direct(second, "/redis")).status).toBe(200);
  expect(twin!.tasks()[0]!.cutFrom).toEqual(["redis"]);
  await twin!.heal("task-1", "redis");
  expect((await direct(first, "/redis")).status).toBe(200);

  await twin!.partition("task-1", "balancer");
  await twin!.until(({ tasks }) => tasks.every(({ id }) => id !== "task-1"));
  await twin!.untilSteady();
  expect((await get(url)).status).toBe(200);
});

it("partitions the clients of one client path only", async () => {
  await start();
  const [cutUrl, otherUrl] = twin!.clientUrls;
  const [cut, other] = await Promise.all([openSocket(cutUrl!), openSocket(otherUrl!)]);
  await twin!.partitionClients(1);
  expect(await echo(other, "hello")).toContain("hello");
  const answer = echo(cut, "into the void");
  const silence = Symbol("silence");
  expect(await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 500, silence))])).toBe(silence);
  await twin!.heal();
  // TCP sends again what was dropped.
  expect(await answer).toContain("into the void");
});

it("pauses, kills and restarts its servers", async () => {
  await start();
  expect(twin!.status().servers).toEqual({ balancer: "up", redis: "up", database: "up" });
  twin!.redis.pause();
  await twin!.database.kill();
  expect(twin!.status().servers).toMatchObject({ redis: "paused", database: "down" });
  twin!.redis.resume();
  await twin!.database.start();
  await twin!.restartBalancer();
  await twin!.untilSteady();
  expect((await get(twin!.url)).status).toBe(200);
});

it("refuses unknown tasks, servers and client paths", async () => {
  await start();
  expect(() => twin!.kill("task-9")).toThrow("no such task: task-9. Running tasks: task-1, task-2.");
  await expect(twin!.partition("task-1", "mars" as "redis")).rejects.toThrow(
    "partition: expected redis, database, balancer, got mars.",
  );
  await expect(twin!.partitionClients(9)).rejects.toThrow("client path: expected 1 to 8, got 9.");
});

describe("a twin whose own process is killed", () => {
  const SCRIPT = join(__dirname, "twin-process.ts");

  function alive(pid: number): boolean {
    try {
      return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
    } catch {
      return false;
    }
  }

  async function firstLine(child: ChildProcess): Promise<{ pids: number[]; folder: string; label: string }> {
    const [line] = (await once(createInterface({ input: child.stdout! }), "line")) as [string];
    return JSON.parse(line) as { pids: number[]; folder: string; label: string };
  }

  it("ends all its processes, and the next start removes its remaining files and cgroups", async () => {
    const owner = spawn(process.execPath, ["--import", "tsx", SCRIPT], { stdio: ["ignore", "pipe", "inherit"] });
    const { pids, folder, label } = await firstLine(owner);
    expect(pids.length).toBeGreaterThanOrEqual(3);
    owner.kill("SIGKILL");
    await once(owner, "exit");
    const deadline = Date.now() + 5000;
    while (pids.some(alive) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(pids.filter(alive)).toEqual([]);
    expect(existsSync(folder)).toBe(true);

    await start();
    expect(twin!.status().steady).toBe(true);
    expect(remainingCgroups(label)).toEqual([]);
  });

  /** Returns the cgroups of the killed twin's tasks. A new twin may have the same label, so only task 7 is looked for. */
  function remainingCgroups(label: string): string[] {
    const trees = ["/sys/fs/cgroup/cpu", "/sys/fs/cgroup"].filter((tree) => existsSync(tree));
    return trees.flatMap((tree) => readdirSync(tree)).filter((name) => name.startsWith(`${label}-task-7`));
  }
});
