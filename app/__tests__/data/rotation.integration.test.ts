import { randomUUID } from "node:crypto";
import { type PostgresConfiguration } from "../../server/configuration";
import { migrateDatabase } from "../../server/data/migrate";
import { postgresOptions } from "../../server/data/open-database";
import { Postgres, type PostgresLimits } from "../../server/data/postgres";
import { PostgresMessageLog } from "../../server/messages";
import { type VisitorPrincipal } from "../../server/domain/principal";
import { DatabaseUnavailable } from "../../server/domain/ports/errors";
import { makeVisitor } from "../helpers/people";
import { PostgresServer } from "../helpers/postgres";
import { LocalSecretsManager } from "../helpers/secrets-manager";
import { configurationOf } from "../helpers/test-database";

const USER = "rotating";
const LIMITS: Partial<PostgresLimits> = { connections: 8, circuitPauseMs: 100 };

let server: PostgresServer;
let secrets: LocalSecretsManager;
let admin: PostgresConfiguration;
let database: Postgres;
let log: PostgresMessageLog;
let visitor: VisitorPrincipal;
/** Connections that broke while idle. */
let broken = 0;

beforeAll(async () => {
  server = await PostgresServer.start();
  admin = configurationOf(await server.createDatabase());
  await migrateDatabase({ database: admin, appUser: { name: USER, iam: false } });
  // By the superuser, since no secret leads to a customer's row here.
  const maker = new Postgres(postgresOptions(admin));
  visitor = await makeVisitor(maker);
  await maker.close();
});

afterAll(() => server.close());

beforeEach(async () => {
  secrets = await LocalSecretsManager.start({ username: USER, password: "the first one" });
  await server.sql(`alter role ${USER} password 'the first one'`);
  const secretArn = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:rds!db-abc";
  const auth = { kind: "secret", region: undefined, secretArn } as const;
  database = new Postgres({
    ...postgresOptions({ ...admin, user: USER, auth }),
    limits: LIMITS,
    onIdleError: () => (broken += 1),
  });
  log = new PostgresMessageLog(database);
});

afterEach(async () => {
  await database.close();
  await secrets.close();
});

const message = () => ({ conversationId: visitor.conversationId, clientMessageId: randomUUID(), body: "x" });

async function rotate(password: string, cutConnections: () => Promise<unknown>, untilSecretKnowsMs = 0): Promise<void> {
  await server.sql(`alter role ${USER} password '${password}'`);
  await cutConnections();
  await new Promise((resolve) => setTimeout(resolve, untilSecretKnowsMs));
  secrets.secret = { username: USER, password };
}

/** Closes every connection of the app, so that each has to sign in again; returns their number. */
async function cut(): Promise<number> {
  const ended = await server.sql(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${USER}'`);
  return ended.split("\n").filter((row) => row === "t").length;
}

/** The same while nobody sends, until the pool knows of it: a statement on a connection that is just being cut would fail of that. */
async function cutIdle(): Promise<void> {
  const before = broken;
  const ended = await cut();
  while (broken < before + ended) await new Promise((resolve) => setTimeout(resolve, 5));
}

test("concurrent connections fetch the secret once", async () => {
  await Promise.all(Array.from({ length: 20 }, () => log.append(visitor, message())));
  await cutIdle();
  await Promise.all(Array.from({ length: 20 }, () => log.append(visitor, message())));
  expect(secrets.requests).toBe(1);
});

test("after a rotation the refused password is fetched again, and no send fails", async () => {
  await log.append(visitor, message());
  for (const password of ["the second one", "the third one"]) {
    await rotate(password, cutIdle);
    const before = secrets.requests;
    const results = await Promise.all(Array.from({ length: 20 }, () => log.append(visitor, message())));
    expect(results.map(({ kind }) => kind)).toEqual(results.map(() => "stored"));
    expect(secrets.requests).toBeGreaterThan(before);
    // Eight connections are refused at once and share one fetch.
    expect(secrets.requests).toBeLessThanOrEqual(before + 2);
    await new Promise((resolve) => setTimeout(resolve, 2100));
  }
});

test("a rotation under load with a delayed secret: retries store every message once, in order", async () => {
  const acknowledged: string[] = [];
  let running = true;
  let retries = 0;
  const sender = async () => {
    while (running) {
      const one = message();
      for (;;) {
        const result = await log.append(visitor, one).catch((error: unknown) => {
          if (!(error instanceof DatabaseUnavailable)) throw error;
          retries += 1;
        });
        if (typeof result === "object") {
          expect(result.kind).toMatch(/^(stored|duplicate)$/);
          acknowledged.push(one.clientMessageId);
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  };
  const senders = Array.from({ length: 8 }, sender);
  for (const lagMs of [0, 300, 600]) {
    await new Promise((resolve) => setTimeout(resolve, 2200));
    await rotate(`rotated with a lag of ${lagMs}`, cut, lagMs);
    const before = acknowledged.length;
    while (acknowledged.length === before) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  running = false;
  await Promise.all(senders);
  const name = admin.database;
  const ids = (await server.sql("select client_message_id from message order by seq", name)).split("\n");
  expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  const gaps = await server.sql(
    "select count(*) from conversation where last_seq <> (select count(*) from message)",
    name,
  );
  expect(gaps).toBe("0");
  expect(retries).toBeGreaterThan(0);
});

test("a secret that cannot be fetched in time is an outage, not a hang", async () => {
  secrets.delayMs = 60_000;
  await expect(log.append(visitor, message())).rejects.toThrow(DatabaseUnavailable);
});

test("a malformed secret is an outage whose error does not quote it", async () => {
  secrets.secret = { passwort: "hunter2" };
  const error: unknown = await log.append(visitor, message()).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DatabaseUnavailable);
  expect(String(error)).toBe(
    "DatabaseUnavailable: the database is unavailable: the database's secret is not JSON with a password",
  );
});
