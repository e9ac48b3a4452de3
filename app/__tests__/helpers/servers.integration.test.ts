import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { createClient } from "redis";
import { findProgram } from "../../../tools/programs/find-program";
import { PostgresServer } from "./postgres";
import { RedisServer } from "./redis";

const exec = promisify(execFile);

describe("PostgreSQL", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await PostgresServer.start();
  });
  afterAll(() => server.close());

  it("keeps what was committed through a restart and a kill, on the same port", async () => {
    const { port } = server;
    await server.sql("CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)");
    await server.restart();
    await server.sql("INSERT INTO kept VALUES (2)");
    await server.kill();
    await server.start();
    expect(await server.sql("SELECT count(*) FROM kept")).toBe("2");
    expect(server.port).toBe(port);
  });

  it("gives each test a database of its own, behind a password", async () => {
    const one = await server.createDatabase();
    const other = await server.createDatabase();
    expect(one).not.toBe(other);
    const psql = findProgram({ name: "psql", debianPackage: "postgresql-client" });
    await expect(exec(psql, [one.replace(":postgres@", ":wrong@"), "-c", "SELECT 1"])).rejects.toThrow(
      "password authentication failed",
    );
  });

  it("answers nothing while it hangs, and goes on afterwards", async () => {
    server.pause();
    const answer = server.sql("SELECT 1");
    const first = await Promise.race([answer, setTimeout(300, "hung")]);
    server.resume();
    expect(first).toBe("hung");
    expect(await answer).toBe("1");
  });

  it("is down after stop: connections are refused", async () => {
    await server.stop();
    await expect(server.sql("SELECT 1")).rejects.toThrow("Connection refused");
    expect(() => server.pid).toThrow("down");
    await server.start();
  });
});

describe("Redis", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  afterAll(() => server.close());

  it("starts empty, and forgets everything when it is killed", async () => {
    await withClient(server.url, (client) => client.set("key", "value"));
    await server.kill();
    await server.start();
    expect(await withClient(server.url, (client) => client.dbSize())).toBe(0);
  });

  it("answers nothing while it hangs", async () => {
    server.pause();
    const answer = withClient(server.url, (client) => client.ping());
    const first = await Promise.race([answer, setTimeout(300, "hung")]);
    server.resume();
    expect(first).toBe("hung");
    expect(await answer).toBe("PONG");
  });
});

type Client = ReturnType<typeof createClient>;

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = createClient({ url, socket: { reconnectStrategy: false } });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

it("says what to install when a program is missing", () => {
  expect(() =>
    findProgram({ name: "redis-server", debianPackage: "redis-server", folders: ["/nowhere/*/bin"] }, {}),
  ).toThrow(/redis-server is needed.*\/nowhere.*package redis-server.*\.ci\/require-debian/);
});

it("says why a server did not come up", async () => {
  await expect(RedisServer.start({ args: ["--maxmemory", "rubbish"] })).rejects.toThrow(
    /ended while starting:[^]*maxmemory/,
  );
});

it("leaves neither process nor folder when the test process is killed while a server hangs", async () => {
  const program = spawn("node", ["--import", "tsx", join(__dirname, "programs/hung-servers.ts")]);
  const [line] = (await once(createInterface({ input: program.stdout }), "line")) as [string];
  const pids = JSON.parse(line) as number[];
  const children = pids.flatMap((pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" "));
  const folders = pids.map((pid) => readlinkSync(`/proc/${pid}/cwd`));
  expect(children.length).toBeGreaterThan(5);

  program.kill("SIGKILL");

  const isLeft = (): boolean => [...pids, ...children].some(works) || folders.some((folder) => existsSync(folder));
  for (let tries = 0; tries < 200 && isLeft(); tries += 1) {
    await setTimeout(50);
  }
  expect(isLeft()).toBe(false);
});

/** A zombie has no working folder any more. */
function works(pid: number | string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) !== "";
  } catch {
    return false;
  }
}
