import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { freePort } from "../../../tools/servers/free-port";
import { contract } from "../../contract";
import { EXIT_CONFIGURATION } from "../../server/configuration";
import { migrateDatabase, MIGRATION_TIMES } from "../../server/data/migrate";
import { migrateAtStart } from "../../server/migrate-at-start";
import { createLog } from "../../server/operations/log";
import { PostgresServer } from "../helpers/postgres";
import { configurationOf } from "../helpers/test-database";

const APP = resolve(__dirname, "../..");
const CREDENTIALS = JSON.stringify({ username: "postgres", password: "postgres" });
const USER = contract.database.appUser;

let server: PostgresServer;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(() => server.close());

interface Run {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the command in its own process. */
async function migrate(env: Readonly<Record<string, string>>): Promise<Run> {
  const child = spawn(process.execPath, ["--import", "tsx", "server/migrate.ts"], {
    cwd: APP,
    env: { NODE_ENV: "production", PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output };
}

const withoutPassword = (url: string, user: string) => {
  const changed = new URL(url);
  changed.username = user;
  changed.password = "";
  return changed.toString();
};

const nameOf = (url: string) => new URL(url).pathname.slice(1);

test("concurrent and repeated runs succeed, and create the schema once", async () => {
  const url = await server.createDatabase();
  const env = { DATABASE_URL: withoutPassword(url, USER), DATABASE_MASTER_CREDENTIALS: CREDENTIALS };
  const together = await Promise.all([migrate(env), migrate(env), migrate(env)]);
  const again = await migrate(env);
  const runs = [...together, again];
  expect(runs.map(({ code, output }) => (code === 0 ? "done" : output))).toEqual(runs.map(() => "done"));
  const rows = await server.sql(
    "select created_at, count(*) from drizzle.__drizzle_migrations group by 1",
    nameOf(url),
  );
  expect(rows.split("\n").map((row) => row.split("|")[1])).toEqual(rows.split("\n").map(() => "1"));
  expect(again.output).toContain("the database is up to date");
  expect(runs.map(({ output }) => output).join()).not.toMatch(/"password"|postgres:postgres/);
});

test("the app's user has exactly the privileges that the app needs", async () => {
  const url = await server.createDatabase();
  const database = configurationOf(url);
  await migrateDatabase({ database, appUser: { name: USER, iam: false } });
  const may = async (table: string, privilege: string) =>
    (await server.sql(`select has_table_privilege('${USER}', '${table}', '${privilege}')`, nameOf(url))) === "t";
  expect(await may("message", "insert")).toBe(true);
  expect(await may("message", "select")).toBe(true);
  for (const privilege of ["update", "delete", "truncate"]) expect(await may("message", privilege)).toBe(false);
  for (const privilege of ["delete", "truncate", "references", "trigger"]) {
    expect(await may("app_user", privilege)).toBe(false);
  }
  const attributes = await server.sql(
    `select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolcanlogin from pg_roles where rolname = '${USER}'`,
  );
  expect(attributes).toBe("f|f|f|f|t");
  await expect(server.sql(`set role ${USER}; create table public.mine ()`, nameOf(url))).rejects.toThrow(
    /permission denied for schema public/,
  );
  await expect(server.sql(`set role ${USER}; delete from message`, nameOf(url))).rejects.toThrow(/permission denied/);
});

test("the user signs in by token when IAM is configured and RDS's role exists", async () => {
  const isMember = () => server.sql(`select pg_has_role('${USER}', 'rds_iam', 'member')`);
  await server.sql("create role rds_iam");
  const database = configurationOf(await server.createDatabase());
  await migrateDatabase({ database, appUser: { name: USER, iam: false } });
  expect(await isMember()).toBe("f");
  await migrateDatabase({ database, appUser: { name: USER, iam: true } });
  await migrateDatabase({ database, appUser: { name: USER, iam: true } });
  expect(await isMember()).toBe("t");
});

test("names of users and databases may contain quotes", async () => {
  const user = `o'neil"; drop table message; --`;
  const url = await server.createDatabase("it's");
  await migrateDatabase({
    database: { ...configurationOf(url), database: "it's" },
    appUser: { name: user, iam: false },
  });
  expect(await server.sql(`select count(*) from pg_roles where rolname = 'o''neil"; drop table message; --'`)).toBe(
    "1",
  );
});

test("waits for a running migration for a limited time", async () => {
  const url = await server.createDatabase();
  const database = configurationOf(url);
  const holder = server.sql("select pg_advisory_lock(7303014), pg_sleep(2)", nameOf(url));
  const held = () => server.sql("select count(*) from pg_locks where locktype = 'advisory'");
  while ((await held()) !== "1") await new Promise((resolve) => setTimeout(resolve, 20));
  await expect(migrateDatabase({ database, appUser: undefined }, { ...MIGRATION_TIMES, lockMs: 200 })).rejects.toThrow(
    "the database is unavailable: SQLSTATE 55P03",
  );
  await expect(server.sql("select 1 from message", nameOf(url))).rejects.toThrow(/does not exist/);
  expect(await migrateDatabase({ database, appUser: undefined })).toBeGreaterThan(0);
  await holder;
});

test("a failed migration changes nothing and exits with 1", async () => {
  const url = await server.createDatabase();
  await server.sql("create table revoked_session (other text)", nameOf(url));
  const { code, output } = await migrate({ DATABASE_URL: url });
  expect(code).toBe(1);
  expect(output).toContain("the migration failed");
  expect(output).toContain("SQLSTATE 42P07");
  expect(await server.sql("select count(*) from pg_tables where schemaname = 'public'", nameOf(url))).toBe("1");
  await server.sql("drop table revoked_session", nameOf(url));
  expect((await migrate({ DATABASE_URL: url })).code).toBe(0);
});

test("an unreachable database and a refused password exit with 1", async () => {
  const nowhere = configurationOf(`postgresql://postgres@127.0.0.1:${await freePort()}/postgres`);
  await expect(
    migrateDatabase({ database: nowhere, appUser: undefined }, { ...MIGRATION_TIMES, reachMs: 1200 }),
  ).rejects.toThrow(/^the database is unavailable: connect ECONNREFUSED/);
  const { code, output } = await migrate({ DATABASE_URL: server.url.replace(":postgres@", ":hunter2-hunter2@") });
  expect([code, output.includes("SQLSTATE 28P01"), output.includes("hunter2")]).toEqual([1, true, false]);
});

test("waits for a database that is starting", async () => {
  const late = await PostgresServer.start();
  await late.stop();
  const migration = migrateDatabase({ database: configurationOf(late.url), appUser: undefined });
  await late.start();
  expect(await migration).toBeGreaterThan(0);
  await late.close();
});

test.each<[string, Readonly<Record<string, string>>]>([
  ["DATABASE_URL", {}],
  ["DATABASE_URL", { DATABASE_URL: "hunter2-hunter2" }],
  [
    "DATABASE_MASTER_CREDENTIALS",
    { DATABASE_URL: "postgresql://a@127.0.0.1/b", DATABASE_MASTER_CREDENTIALS: "hunter2-hunter2" },
  ],
  [
    "DATABASE_MASTER_CREDENTIALS",
    { DATABASE_URL: "postgresql://a@127.0.0.1/b", DATABASE_MASTER_CREDENTIALS: '{"username":"hunter2"}' },
  ],
  ["AWS_REGION", { DATABASE_URL: "postgresql://a@127.0.0.1/b", DATABASE_AUTH: "iam" }],
])("an invalid or missing %s is reported by name, never by value (%#)", async (variable, env) => {
  const { code, output } = await migrate(env);
  expect(code).toBe(EXIT_CONFIGURATION);
  expect(output).toMatch(new RegExp(`^${variable}: expected `));
  expect(output).not.toContain("hunter2");
});

test("a server that migrates at its start forgets the password, and leaves the schema and its user", async () => {
  const url = await server.createDatabase();
  const lines: string[] = [];
  const log = createLog({ level: "info", service: "test", destination: { write: (line) => void lines.push(line) } });
  const environment = {
    NODE_ENV: "production",
    DATABASE_URL: withoutPassword(url, USER),
    DATABASE_MASTER_CREDENTIALS: CREDENTIALS,
  };
  await migrateAtStart(environment as unknown as NodeJS.ProcessEnv, log);
  expect(environment).not.toHaveProperty("DATABASE_MASTER_CREDENTIALS");
  expect(lines.join("")).toContain("the database is up to date");
  expect(lines.join("")).not.toContain("postgres");
  const count = await server.sql("select count(*) from drizzle.__drizzle_migrations", nameOf(url));
  expect(Number(count)).toBeGreaterThan(0);
});
