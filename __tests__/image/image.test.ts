import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { contract } from "../../app/contract";
import { buildImage } from "../../tools/image/build-image";
import { Container, FARGATE_SMALLEST } from "../../tools/image/container";
import {
  imageFacts,
  type ImageFacts,
  type ImageFile,
  imageFiles,
  largestParts,
  megabytes,
} from "../../tools/image/image-facts";
import { RawSocket } from "../../tools/load/raw-socket";
import { freePort } from "../../tools/servers/free-port";
import { PostgresServer } from "../../tools/servers/postgres";
import { RedisServer } from "../../tools/servers/redis";
import {
  type AppEnvironmentVariables,
  appEnvironmentVariables,
  migrationEnvironmentVariables,
} from "../helpers/app-environment-variables";
import { ROOT } from "../helpers/run-program";
import { createVisitor } from "../helpers/visitor";

const IMAGE = "localhost/messenger-crm:test";
const SOCKETS = 200;
/** Sockets of one customer; the app limits them to not many more. */
const TABS = 20;

let facts: ImageFacts;
let files: ImageFile[];
let postgres: PostgresServer;
let redis: RedisServer;
/** Two migrations that started at the same time on an empty database. */
let migrations: MigrationRun[];
const containers: Container[] = [];

beforeAll(async () => {
  await buildImage({ context: `${ROOT}/app`, name: IMAGE, print: print });
  [facts, files] = [await imageFacts(IMAGE), await imageFiles(IMAGE)];
  [postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.start()]);
  await postgres.createDatabase(contract.database.name);
  migrations = await Promise.all([migrate(), migrate()]);
});

afterAll(async () => {
  await Promise.all(containers.map((container) => container.remove()));
  await Promise.all([postgres?.close(), redis?.close()]);
});

/** Writes to stderr directly, because jest adds a stack trace to console output. */
function print(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function start(env: Readonly<Record<string, string>>, mayWrite = false): Promise<Container> {
  const container = await Container.start({ image: IMAGE, env, mayWrite });
  containers.push(container);
  return container;
}

/** Waits for the health check and returns the URL of a container. */
async function untilHealthy(container: Container, env: AppEnvironmentVariables): Promise<string> {
  const server = `http://127.0.0.1:${env.PORT}`;
  const end = performance.now() + contract.container.bootSec * 1000;
  while (performance.now() < end) {
    const answer = await fetch(server + contract.container.health.path).catch(() => undefined);
    if (answer?.ok) return server;
    await wait(200);
  }
  throw new Error(`not healthy within ${contract.container.bootSec} s:\n${await container.logs()}`);
}

interface MigrationRun {
  readonly code: number | null;
  readonly printed: string;
}

async function migrate(): Promise<MigrationRun> {
  const env = migrationEnvironmentVariables(await environment(), postgres);
  const command = contract.container.migrateCommand;
  const { code, stdout, stderr } = await Container.runToEnd({ image: IMAGE, env, command });
  return { code, printed: stdout + stderr };
}

async function environment(): Promise<AppEnvironmentVariables> {
  return appEnvironmentVariables(await freePort(), postgres.urlOf(contract.database.name), redis);
}

describe("the image", () => {
  it("has the expected size", () => {
    print(`image: ${megabytes(facts.size)}; its largest parts:`);
    largestParts(files, 3, 12).forEach((line) => print(`  ${line}`));
    expect(facts.size).toBeLessThan(250e6);
  });

  it("starts the contract's command as the contract's user", () => {
    const { configuration, healthCheck } = facts;
    expect(configuration).toMatchObject({
      User: contract.container.user,
      Cmd: ["node", "server.js"],
      WorkingDir: "/app",
      Volumes: { "/tmp": {} },
      ExposedPorts: { [`${contract.container.port}/tcp`]: {} },
    });
    expect(configuration.Entrypoint ?? []).toEqual([]);
    expect(healthCheck.slice(0, 2)).toEqual(["CMD", "node"]);
    expect(healthCheck.join(" ")).toContain(contract.container.health.path);
  });

  it("contains nothing about the machine that built it", () => {
    const names = facts.configuration.Env.map((variable) => variable.split("=", 1)[0]);
    expect(names.sort()).toEqual(["HOSTNAME", "NODE_ENV", "PATH", "PORT"]);
    const unwanted = /(^|\/)\.?npmrc$|\.(pem|crt|key)$|(^|\/)\.env|(^|\/)\.npm(\/|$)/;
    expect(files.map(({ path }) => path).filter((path) => unwanted.test(path))).toEqual([]);
  });

  it("has no shell, no package manager and no setuid program", () => {
    const notWanted = /(^|\/)(ba|da|)sh$|(^|\/)(npm|npx|yarn|apt|apt-get|dpkg|busybox)$/;
    const programs = files.filter(({ path, mode }) => !mode.startsWith("d") && notWanted.test(path));
    expect(programs.map(({ path }) => path)).toEqual([]);
    expect(files.filter(({ mode }) => mode.startsWith("-") && /s/.test(mode)).map(({ path }) => path)).toEqual([]);
  });

  it("makes only /tmp world-writable", () => {
    const writable = files.filter(({ mode }) => !mode.startsWith("l") && mode[8] === "w");
    expect(writable.map(({ path, mode }) => [path, mode])).toEqual([["tmp", "drwxrwxrwt"]]);
    expect(new Set(files.map(({ owner }) => owner))).toEqual(new Set(["0:0"]));
  });
});

it("exits with the code of a wrong configuration, and names each missing variable", async () => {
  const { code, stdout, stderr } = await Container.runToEnd({ image: IMAGE, env: {} });
  expect(code).toBe(78);
  const missing = Object.keys(contract.secrets).filter((name) => !`${stdout}${stderr}`.includes(name));
  expect(missing).toEqual([]);
});

it("migrates once when two tasks start together, and does nothing when the schema is current", async () => {
  const runs = [...migrations, await migrate()];
  expect(runs.map(({ code, printed }) => (code === 0 ? "" : printed))).toEqual(["", "", ""]);
  expect(await postgres.sql("SELECT count(*) FROM conversation", contract.database.name)).toBe("0");
});

describe("a task of Fargate's smallest size", () => {
  let env: AppEnvironmentVariables;
  let task: Container;
  let server: string;
  beforeAll(async () => {
    env = await environment();
    task = await start(env);
    server = await untilHealthy(task, env);
  });

  it("serves a page and the health endpoint", async () => {
    const page = await fetch(server);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(await (await fetch(server + contract.container.health.path)).json()).toMatchObject({
      status: expect.any(String) as unknown,
    });
    expect((await fetch(server + contract.container.health.livenessPath)).status).toBe(200);
    expect((await fetch(server + contract.container.health.readinessPath)).status).toBe(200);
  });

  it("passes its own health check", async () => {
    const { code, stderr } = await task.exec(...facts.healthCheck.slice(1));
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("has the expected user, capabilities and memory", async () => {
    const script = `
      const status = require("fs").readFileSync("/proc/self/status", "utf8");
      const tryWrite = (file) => { try { require("fs").writeFileSync(file, ""); return "written"; } catch ({ code }) { return code; } };
      console.log(JSON.stringify({
        user: process.getuid() + ":" + process.getgid(),
        capabilities: [...status.matchAll(/^Cap...:\\s+(\\S+)/gm)].map(([, bits]) => Number("0x" + bits)),
        noNewPrivileges: /NoNewPrivs:\\s+1/.test(status),
        memoryMiB: process.constrainedMemory() / 2 ** 20,
        writes: [tryWrite("/tmp/probe"), tryWrite("/app/probe"), tryWrite("/probe")],
      }));`;
    const { stdout } = await task.exec("node", "-e", script);
    expect(JSON.parse(stdout)).toEqual({
      user: contract.container.user,
      capabilities: [0, 0, 0, 0, 0],
      noNewPrivileges: true,
      memoryMiB: FARGATE_SMALLEST.memoryMiB,
      writes: ["written", "EROFS", "EROFS"],
    });
  });

  it(`holds ${SOCKETS} sockets, and drains them to another task within its drain budget at SIGTERM`, async () => {
    const otherEnv = { ...env, PORT: String(await freePort()) };
    const other = await start(otherEnv);
    const next = await untilHealthy(other, otherEnv);
    const visitors = await Promise.all(
      Array.from({ length: SOCKETS / TABS }, (_, index) =>
        createVisitor(server, `Customer ${index}`, addressOf(index)),
      ),
    );
    let moved = 0;
    const join = (origin: string, index: number, onClose?: () => void): Promise<RawSocket> => {
      const visitor = visitors[index % visitors.length];
      const headers = { origin: server, "x-forwarded-for": addressOf(index) };
      return RawSocket.connect({ server: origin, auth: { ticket: visitor?.ticket ?? "" }, headers, onClose });
    };
    const sockets = await connectAll(SOCKETS, (index) =>
      join(server, index, () => void join(next, index).then(() => (moved += 1))),
    );
    const { conversationId = "" } = visitors[0] ?? {};
    const sent = { conversationId, clientMessageId: randomUUID(), body: "before the end" };
    expect(await sockets[0]?.request("message:send", sent)).toMatchObject({ ok: true });

    const { exitCode, seconds } = await task.terminate();

    print(`drained ${SOCKETS} sockets in ${seconds.toFixed(1)} s`);
    expect([exitCode, exitCode === 0 ? "" : await task.logs()]).toEqual([0, ""]);
    expect(seconds).toBeLessThan(contract.container.drain.shutdownSec);
    for (let tries = 0; tries < 100 && moved < SOCKETS; tries += 1) await wait(100);
    expect(moved).toBe(SOCKETS);
    expect(await postgres.sql("SELECT count(*) FROM message", contract.database.name)).toBe("1");
  });
});

it("writes nothing outside /tmp, even with a writable root file system", async () => {
  const env = await environment();
  const task = await start(env, true);
  const server = await untilHealthy(task, env);
  await (await fetch(server)).text();
  await (await fetch(`${server}/chat`)).text();
  await createVisitor(server, "A customer");
  // Files that the container engine creates itself.
  const engine = /^C \/(etc|run|dev|proc|sys)?$|^[AC] \/(etc|run|dev|proc|sys)\//;
  expect((await task.changes()).filter((change) => !engine.test(change) && !change.endsWith(" /tmp"))).toEqual([]);
});

/** Returns a customer's IP address, for the header that the load balancer writes. */
function addressOf(index: number): string {
  return `198.51.100.${index % 250}`;
}

/** Connects in batches of 20. */
async function connectAll<T>(count: number, connect: (index: number) => Promise<T>): Promise<T[]> {
  const connected: T[] = [];
  while (connected.length < count) {
    const batch = Array.from(
      { length: Math.min(20, count - connected.length) },
      (_, index) => connected.length + index,
    );
    connected.push(...(await Promise.all(batch.map(connect))));
  }
  return connected;
}
