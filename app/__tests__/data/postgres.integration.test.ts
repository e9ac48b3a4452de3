import { randomUUID } from "node:crypto";
import { postgresOptions } from "../../server/data/open-database";
import { Postgres, type PostgresLimits } from "../../server/data/postgres";
import { PostgresMessageLog } from "../../server/messages";
import { type VisitorPrincipal } from "../../server/domain/principal";
import { DatabaseUnavailable } from "../../server/domain/ports/errors";
import { makeVisitor } from "../helpers/people";
import { PostgresServer } from "../helpers/postgres";
import { configurationOf, createTestDatabase, type TestDatabase } from "../helpers/test-database";

/** Shorter than in production, so that a hang takes a second or two; connecting may be slow on a busy machine. */
const LIMITS: PostgresLimits = {
  connections: 4,
  waiting: 20,
  connectMs: 1000,
  statementMs: 400,
  answerMs: 600,
  lockMs: 200,
  circuitFailures: 5,
  circuitPauseMs: 200,
  closeMs: 500,
};

/** Ten times the longest call within these limits, for busy machines. */
const BOUND_MS = 10 * (LIMITS.connectMs + LIMITS.answerMs);

let server: PostgresServer;
let database: TestDatabase;
let log: PostgresMessageLog;
let visitor: VisitorPrincipal;

beforeAll(async () => {
  server = await PostgresServer.start({ settings: { max_connections: "30" } });
});

afterAll(() => server.close());

beforeEach(async () => {
  database = await createTestDatabase(server, LIMITS);
  log = new PostgresMessageLog(database);
  visitor = await makeVisitor(database);
});

afterEach(() => database.close());

/** Locks the conversation $1 for $2 seconds. */
const HOLD = {
  name: "hold-row",
  text: "select pg_sleep($2) from (select id from conversation where id = $1 for update) held",
};

const message = (body = "x") => ({ conversationId: visitor.conversationId, clientMessageId: randomUUID(), body });

interface Outcome {
  readonly kind: string;
  readonly ms: number;
}

async function outcome(call: Promise<unknown>): Promise<Outcome> {
  const start = Date.now();
  const kind = await call.then(
    () => "done",
    (error: unknown) => (error instanceof DatabaseUnavailable ? "unavailable" : String(error)),
  );
  return { kind, ms: Date.now() - start };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Retries until it works: a recovery takes at most the circuit breaker's pause. */
async function recovered<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (tries > 100) throw error;
      await sleep(50);
    }
  }
}

test("a hung database delays callers for a limited time, then not at all, and is used again when it answers", async () => {
  await log.append(visitor, message());
  server.pause();
  const first = await Promise.all(Array.from({ length: 8 }, () => outcome(log.append(visitor, message()))));
  expect(first.map(({ kind }) => kind)).toEqual(first.map(() => "unavailable"));
  expect(Math.max(...first.map(({ ms }) => ms))).toBeLessThan(BOUND_MS);
  // The circuit is open: one of many calls tries, the others fail at once.
  const then = await Promise.all(Array.from({ length: 50 }, () => outcome(database.ping())));
  expect(then.map(({ kind }) => kind)).toEqual(then.map(() => "unavailable"));
  expect(then.filter(({ ms }) => ms > LIMITS.connectMs / 2).length).toBeLessThanOrEqual(1);
  server.resume();
  const kept = message("kept");
  expect(await recovered(() => log.append(visitor, kept))).toMatchObject({ message: { body: "kept" } });
});

test("a retry finds a message whose acknowledgement was lost", async () => {
  await log.append(visitor, message());
  const patient = { ...LIMITS, statementMs: 10_000, lockMs: 10_000, answerMs: 10_000 };
  const holder = new Postgres({ ...postgresOptions(configurationOf(databaseUrl())), limits: patient });
  const impatient = new Postgres({
    ...postgresOptions(configurationOf(databaseUrl())),
    limits: { ...patient, answerMs: 100 },
  });
  const sent = message("unknown");
  const held = holder.query(HOLD, [visitor.conversationId, 2]);
  await untilAsleep();
  // Its statement waits for the row; the caller has given up, which the server does not know.
  expect((await outcome(new PostgresMessageLog(impatient).append(visitor, sent))).kind).toBe("unavailable");
  await held;
  const retried = await recovered(() => log.append(visitor, sent));
  expect(retried).toMatchObject({ message: { seq: 2, body: "unknown" } });
  const page = (await log.after(visitor, { [visitor.conversationId]: 0 })).get(visitor.conversationId);
  expect(page?.messages.map(({ seq }) => seq)).toEqual([1, 2]);
  await Promise.all([holder.close(), impatient.close()]);
});

test("cutting all connections under load causes errors, but no crash and no lost acknowledged message", async () => {
  const acknowledged: string[] = [];
  const attempted: string[] = [];
  let running = true;
  const failures = new Set<string>();
  const sender = async () => {
    while (running) {
      const one = message();
      attempted.push(one.clientMessageId);
      const result = await log.append(visitor, one).catch((error: unknown) => {
        failures.add(error instanceof DatabaseUnavailable ? "unavailable" : String(error));
        return sleep(5).then(() => undefined);
      });
      if (typeof result === "object" && "message" in result) acknowledged.push(one.clientMessageId);
    }
  };
  const senders = Array.from({ length: 6 }, sender);
  for (let round = 0; round < 3; round += 1) {
    await sleep(300);
    await server.restart();
  }
  const before = acknowledged.length;
  await recovered(() => (acknowledged.length > before ? Promise.resolve() : Promise.reject(new Error("nothing yet"))));
  running = false;
  await Promise.all(senders);
  const stored = await server.sql(
    `select client_message_id from message where conversation_id = '${visitor.conversationId}' order by seq`,
    databaseName(),
  );
  const ids = stored.split("\n");
  expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([]);
  expect(ids.filter((id) => !attempted.includes(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...failures]).toEqual(["unavailable"]);
  const head = await server.sql(
    `select last_seq from conversation where id = '${visitor.conversationId}'`,
    databaseName(),
  );
  expect(Number(head)).toBe(ids.length);
});

test("with all connections busy, waiting callers fail in time, and too many callers fail at once", async () => {
  const hold = { name: "hold", text: "select pg_sleep(0.35)" };
  const busy = Array.from({ length: LIMITS.connections }, () => outcome(database.query(hold, [])));
  await sleep(50);
  const waiting = Array.from({ length: LIMITS.waiting }, () => outcome(database.ping()));
  await sleep(20);
  const crowd = await Promise.all(Array.from({ length: 10 }, () => outcome(database.ping())));
  expect(crowd.map(({ kind }) => kind)).toEqual(crowd.map(() => "unavailable"));
  expect(Math.max(...(await Promise.all(waiting)).map(({ ms }) => ms))).toBeLessThan(BOUND_MS);
  await Promise.all(busy);
  expect((await outcome(recovered(() => database.ping()))).kind).toBe("done");
});

test("a database without free connections fails callers in time, and recovers", async () => {
  await database.ping();
  const max = Number(await server.sql("show max_connections"));
  const patient = { ...LIMITS, connections: max, connectMs: 5000, statementMs: 10_000, answerMs: 10_000 };
  const others = new Postgres({ ...postgresOptions(configurationOf(server.url)), limits: patient });
  const held = Array.from({ length: max }, () =>
    outcome(others.query({ name: "hold", text: "select pg_sleep(2)" }, [])),
  );
  const asleep = { name: "asleep", text: "select count(*) as n from pg_stat_activity where wait_event = 'PgSleep'" };
  // This pool has a connection already; all others are in use.
  while (((await database.query<{ n: number }>(asleep, []))[0]?.n ?? 0) < max - 1) await sleep(10);
  const late = new Postgres({ ...postgresOptions(configurationOf(databaseUrl())), limits: LIMITS });
  const refused = await outcome(late.ping());
  expect([refused.kind, refused.ms < BOUND_MS]).toEqual(["unavailable", true]);
  await Promise.all(held);
  await others.close();
  expect((await outcome(recovered(() => late.ping()))).kind).toBe("done");
  await late.close();
});

test("a slow statement and a locked row fail in time, and the connection is kept", async () => {
  const pid = async () =>
    (await database.query<{ pid: number }>({ name: "pid", text: "select pg_backend_pid() as pid" }, []))[0]?.pid;
  const before = await pid();
  await expect(database.query({ name: "slow", text: "select pg_sleep(30)" }, [])).rejects.toThrow("SQLSTATE 57014");
  const patient = { ...LIMITS, statementMs: 10_000, answerMs: 10_000 };
  const holder = new Postgres({ ...postgresOptions(configurationOf(databaseUrl())), limits: patient });
  const held = holder.query(HOLD, [visitor.conversationId, 2]);
  await untilAsleep();
  await expect(log.append(visitor, message())).rejects.toThrow("SQLSTATE 55P03");
  expect(await pid()).toBe(before);
  await held;
  await holder.close();
  expect(await log.append(visitor, message())).toMatchObject({ kind: "stored", message: { seq: 1 } });
});

test("a read-only instance is unavailable, and its connection is dropped so that the next one finds the primary", async () => {
  await server.sql(`alter database "${databaseName()}" set default_transaction_read_only = on`);
  const readOnly = new Postgres({ ...postgresOptions(configurationOf(databaseUrl())), limits: LIMITS });
  const there = new PostgresMessageLog(readOnly);
  expect((await outcome(there.append(visitor, message()))).kind).toBe("unavailable");
  expect((await there.after(visitor, { [visitor.conversationId]: 0 })).size).toBe(1);
  await server.sql(`alter database "${databaseName()}" reset default_transaction_read_only`);
  await outcome(there.append(visitor, message()));
  expect(await recovered(() => there.append(visitor, message()))).toMatchObject({ kind: "stored" });
  await readOnly.close();
});

test.each(["40001", "40P01"])("%s, after which nothing was changed, is retried once", async (code) => {
  await server.sql(
    `create sequence tries;
     create function fail_first(times int) returns bigint language plpgsql as $$
     declare try bigint := nextval('tries');
     begin if try <= times then raise exception 'again' using errcode = '${code}'; end if; return try; end $$`,
    databaseName(),
  );
  const failing = { name: "failing", text: "select fail_first($1) as try" };
  expect(await database.query(failing, [1])).toEqual([{ try: 2 }]);
  await server.sql("alter sequence tries restart", databaseName());
  expect((await outcome(database.query(failing, [2]))).kind).toBe("unavailable");
  expect(await database.query(failing, [2])).toEqual([{ try: 3 }]);
});

test("connections that break while idle are reported, and do not end the process", async () => {
  const told: Error[] = [];
  const idle = new Postgres({
    ...postgresOptions(configurationOf(databaseUrl())),
    limits: LIMITS,
    onIdleError: (error) => told.push(error),
  });
  await Promise.all([idle.ping(), idle.ping(), idle.ping()]);
  await server.restart();
  await recovered(() => (told.length > 0 ? Promise.resolve() : Promise.reject(new Error("nothing told"))));
  expect((await outcome(recovered(() => idle.ping()))).kind).toBe("done");
  await idle.close();
});

test("a unique violation keeps its connection", async () => {
  const pids = new Set<number | undefined>();
  const pid = { name: "pid", text: "select pg_backend_pid() as pid" };
  const again = { name: "again", text: "insert into visitor (id, name) values ($1, 'x')" };
  for (let n = 0; n < 5; n += 1) {
    await expect(database.query(again, [visitor.userId])).rejects.toMatchObject({ code: "23505" });
    pids.add((await database.query<{ pid: number }>(pid, []))[0]?.pid);
  }
  expect(pids.size).toBe(1);
});

test("closing waits for running statements for a limited time, and refuses later calls", async () => {
  const running = outcome(database.query({ name: "short", text: "select pg_sleep(0.1)" }, []));
  await sleep(20);
  await database.close();
  expect((await running).kind).toBe("done");
  expect((await outcome(database.ping())).kind).toBe("unavailable");
  const hanging = new Postgres({ ...postgresOptions(configurationOf(databaseUrl())), limits: LIMITS });
  await recovered(() => hanging.ping());
  server.pause();
  const stuck = outcome(hanging.ping());
  const closed = await outcome(hanging.close());
  expect([closed.kind, closed.ms < BOUND_MS]).toEqual(["done", true]);
  server.resume();
  await stuck;
});

test("a bigint beyond 2^53 is an error, never a different number", async () => {
  const big = { name: "big", text: "select $1::bigint as n" };
  expect(await database.query(big, ["9007199254740991"])).toEqual([{ n: Number.MAX_SAFE_INTEGER }]);
  await expect(database.query(big, ["9007199254740993"])).rejects.toThrow(RangeError);
  expect(await database.query(big, ["1"])).toEqual([{ n: 1 }]);
});

function databaseName(): string {
  return new URL(databaseUrl()).pathname.slice(1);
}

function databaseUrl(): string {
  return server.urlOf(database.name);
}

/** Until the statement that holds the row does so. */
async function untilAsleep(): Promise<void> {
  const text = "select count(*) from pg_stat_activity where wait_event = 'PgSleep'";
  while (Number(await server.sql(text)) === 0) await sleep(10);
}
