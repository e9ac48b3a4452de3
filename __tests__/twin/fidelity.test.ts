import { once } from "node:events";
import { readFileSync } from "node:fs";
import { IMAGE_NODE_VERSION } from "../../tools/image/image-node";
import { startTwin } from "../../tools/twin/start-twin";
import { type Twin } from "../../tools/twin/twin";
import { appliedTopology, type Changes, FIXTURE_IMAGE } from "./applied-topology";
import { echo, openSocket, get, respondingTasks } from "./requests";

let twin: Twin;

async function start(changes: Changes = {}): Promise<Twin> {
  twin = await startTwin({ topology: appliedTopology(changes), image: FIXTURE_IMAGE });
  await twin.untilSteady();
  return twin;
}

afterEach(() => twin.stop());

function messages(): string[] {
  return twin.events.map(({ message }) => message);
}

function count<T>(items: readonly T[]): number {
  return new Set(items).size;
}

it("runs the applied topology, and rolls out changes like AWS", async () => {
  await start();
  const first = twin.status();
  expect(first.tasks.map(({ target }) => target)).toEqual(["healthy", "healthy"]);

  // The variables of the task definition with local addresses and secrets, and none of the user's own variables.
  const { body, cookies } = await get(twin.url);
  expect(body["node"]).toBe(IMAGE_NODE_VERSION);
  const environment = body["environment"] as Record<string, string>;
  expect(environment).toMatchObject({
    NODE_ENV: "production",
    SERVICE_NAME: "messenger-crm-dev",
    SOCKET_ADAPTER: "redis",
    DATABASE_AUTH: "none",
    REDIS_AUTH: "none",
    NEXTAUTH_URL: twin.url,
    ALLOWED_ORIGINS: twin.url,
    NEXT_PUBLIC_SOCKET_URL: twin.url.replace("http", "ws"),
    PORT: expect.stringMatching(/^\d+$/) as string,
    NEXTAUTH_SECRET: expect.stringMatching(/^[A-Za-z0-9]{32,}$/) as string,
  });
  expect(environment).not.toHaveProperty("HOME");
  expect(environment).not.toHaveProperty("PWD");
  expect(environment).not.toHaveProperty("DATABASE_MASTER_CREDENTIALS");
  expect(readFileSync(twin.logFile("task-1", "migration"), "utf8")).toMatch(/DATABASE_MASTER_CREDENTIALS/);
  expect(body["headers"]).toMatchObject({ "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "http" });

  // Stickiness by the load balancer's cookie.
  expect(cookies.join()).toMatch(/^AWSALB=.*Max-Age=86400/);
  expect(count(await respondingTasks(twin.url, 8, true))).toBe(1);
  expect(count(await respondingTasks(twin.url, 8, false))).toBe(2);

  // Attributes change in place: no task is replaced.
  await twin.deploy({ topology: appliedTopology({ stickiness: { enabled: false } }) });
  expect((await get(twin.url)).cookies).toEqual([]);
  expect(count(await respondingTasks(twin.url, 8, true))).toBe(2);
  const app = { type: "app_cookie", cookie_name: "sid", cookie_duration: 60 };
  await twin.deploy({ topology: appliedTopology({ stickiness: app }) });
  expect(count(await respondingTasks(twin.url, 8, true))).toBe(1);
  expect(twin.tasks().map(({ id }) => id)).toEqual(first.tasks.map(({ id }) => id));

  // A changed variable starts a rolling deployment.
  await twin.deploy({ topology: appliedTopology({ environment: { LOG_LEVEL: "trace" } }) });
  await twin.untilSteady();
  expect(((await get(twin.url)).body["environment"] as Record<string, string>)["LOG_LEVEL"]).toBe("trace");
  expect(count([...twin.tasks(), ...first.tasks].map(({ id }) => id))).toBe(4);

  // The task count stays within the autoscaler's bounds, and a minimum above the count raises it.
  expect(() => twin.scale(5)).toThrow(/expected 2 to 4 tasks, the bounds of autoscaling, got 5/);
  const environmentNow = { LOG_LEVEL: "trace" };
  await twin.deploy({ topology: appliedTopology({ environment: environmentNow, scaling: { min_capacity: 3 } }) });
  await twin.untilSteady();
  expect(twin.tasks()).toHaveLength(3);
});

it("sends no requests to a task with a wrong health check path, and replaces it", async () => {
  await start();
  await twin.deploy({
    topology: appliedTopology({ healthCheck: { path: "/missing" }, service: { health_check_grace_period_seconds: 1 } }),
  });
  await twin.until(({ tasks }) => tasks.some(({ target }) => target === "unhealthy"));
  // Fails open: with no healthy target, the load balancer sends requests to all of them.
  await twin.until(({ tasks }) => tasks.every(({ target }) => target !== "healthy"));
  expect((await get(twin.url)).status).toBe(200);
  await twin.until(() => messages().some((message) => message.includes("Task failed ELB health checks")));
});

it("keeps an open connection during the deregistration delay, then closes it", async () => {
  await start({
    targetGroup: { deregistration_delay: "3" },
    scaling: { min_capacity: 1 },
    service: { desired_count: 1 },
  });
  const socket = await openSocket(twin.url);
  const closed = once(socket, "close");
  const address = (await echo(socket, "who")).split(" ")[0];
  await twin.deploy({ force: true });
  await twin.until(({ tasks }) => tasks.some(({ target }) => target === "draining"));
  const began = Date.now();
  expect(await echo(socket, "still there")).toBe(`${address} still there`);
  // New clients reach only the new task, whatever their cookie.
  expect(count(await respondingTasks(twin.url, 4, true))).toBe(1);
  await closed;
  expect(Date.now() - began).toBeGreaterThan(2000);
  await twin.untilSteady();
});

it("ends a drain at once without connections", async () => {
  await start({ targetGroup: { deregistration_delay: "600" } });
  await twin.deploy({ force: true });
  await twin.untilSteady();
});

it("kills a container that does not end within its stopTimeout", async () => {
  await start({ environment: { FIXTURE_SERVER: "deaf" }, app: { stopTimeout: 2 } });
  twin.stopTask("task-1");
  const stopping = await twin.until(({ tasks }) => tasks[0]!.phase === "STOPPING");
  const began = Date.now();
  await twin.until(({ tasks }) => tasks.every(({ id }) => id !== stopping.tasks[0]!.id));
  expect(Date.now() - began).toBeGreaterThan(1500);
  expect(readFileSync(twin.logFile("task-1"), "utf8")).toContain("SIGTERM");
});

it("shows why an idle timeout below the heartbeat is refused: it closes healthy sockets", async () => {
  const environment = { FIXTURE_PING_MS: "3000" };
  await start({ environment, balancer: { idle_timeout: 60 } });
  const silent = await openSocket(twin.url);
  const pinged = once(silent, "ping");
  await twin.deploy({ topology: appliedTopology({ environment, balancer: { idle_timeout: 1 } }) });
  const cut = await openSocket(twin.url);
  const [code] = (await once(cut, "close")) as [number];
  expect(code).toBe(1006);
  // A connection opened under the old attributes stays open.
  await pinged;
  expect(await echo(silent, "alive")).toContain("alive");
});
