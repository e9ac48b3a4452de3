import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "redis";
import { contract } from "../../contract";
import { type Postgres } from "../../server/data/postgres";
import { type AgentPrincipal } from "../../server/domain/principal";
import { makeAgent, makeVisitor, join } from "../helpers/people";
import { PostgresServer } from "../helpers/postgres";
import { RedisServer } from "../helpers/redis";
import { type ServerProcess, startServer } from "../helpers/server-process";
import { createTestDatabase } from "../helpers/test-database";
import { ConversationReader, ConversationSender } from "../helpers/conversation-clients";
import { ask, closeClients, connect, until } from "../helpers/task";

const KILLS = 5;
const SENDERS = 4;

let postgres: PostgresServer;
let redis: RedisServer;
let database: Postgres;
let databaseUrl: string;
let tasks: [ServerProcess, ServerProcess];
let people: AgentPrincipal[];
let conversationId: string;

beforeAll(async () => {
  [postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.start()]);
  database = await createTestDatabase(postgres);
  databaseUrl = postgres.urlOf(await postgres.sql("select datname from pg_database where datname like 'test_%'"));
  conversationId = (await makeVisitor(database)).conversationId;
  people = await Promise.all(Array.from({ length: SENDERS + 2 }, () => makeAgent(database)));
  for (const person of people) await join(database, conversationId, person);
  tasks = await Promise.all([
    startServer({ databaseUrl, redisUrl: redis.url }),
    startServer({ databaseUrl, redisUrl: redis.url }),
  ]);
  await until(() => bothAre("ok"), "both tasks reach Redis");
});
afterEach(closeClients);
afterAll(async () => {
  await Promise.all(tasks.map((task) => task.stop()));
  await database.close();
  await Promise.all([postgres.close(), redis.close()]);
});

async function readiness({ url }: ServerProcess): Promise<string> {
  const answer = await fetch(url + contract.container.health.readinessPath);
  return ((await answer.json()) as { status: string }).status;
}

async function bothAre(status: string): Promise<boolean> {
  return (await Promise.all(tasks.map(readiness))).every((found) => found === status);
}

/** Two readers, one on each task, and senders on the first. */
async function talk(): Promise<{ near: ConversationReader; far: ConversationReader; senders: ConversationSender[] }> {
  const [first, second, ...rest] = people as [AgentPrincipal, AgentPrincipal, ...AgentPrincipal[]];
  const near = await ConversationReader.start(tasks[0], first, conversationId);
  const far = await ConversationReader.start(tasks[1], second, conversationId);
  const senders = await Promise.all(rest.map((person) => ConversationSender.start(tasks[0], person, conversationId)));
  return { near, far, senders };
}

async function endOf(senders: readonly ConversationSender[]): Promise<number[]> {
  await Promise.all(senders.map((sender) => sender.stop()));
  return senders.flatMap(({ acknowledged }) => acknowledged);
}

async function isAlive(): Promise<boolean> {
  const answers = await Promise.all(tasks.map(({ url }) => fetch(url + contract.container.health.livenessPath)));
  return answers.every(({ status }) => status === 200);
}

it("delivers to sockets of another task", async () => {
  const { near, far, senders } = await talk();
  await until(() => far.seen.size > 5, "messages arrive");
  const acknowledged = await endOf(senders);
  await until(() => near.has(acknowledged) && far.has(acknowledged), "all have arrived");
  expect([near.resyncs, far.resyncs]).toEqual([0, 0]);
});

it(`row 36: loses nothing when Redis is killed ${KILLS} times under load, and serves its own sockets throughout`, async () => {
  const { near, far, senders } = await talk();
  for (let kill = 0; kill < KILLS; kill++) {
    await sleep(300);
    await redis.kill();
    await until(() => bothAre("degraded"), "both tasks tell that Redis is away, and stay ready");
    const before = near.seen.size;
    await until(() => near.seen.size > before + SENDERS, "sockets of the same task go on without it");
    await redis.start();
    await until(() => bothAre("ok"), "both tasks are back without a restart");
  }
  const resyncs = near.resyncs;
  const acknowledged = await endOf(senders);
  await until(() => near.has(acknowledged) && far.has(acknowledged), "everybody has everything that was acknowledged");
  expect(senders.flatMap(({ refused }) => refused)).toEqual([]);
  expect(resyncs).toBeGreaterThan(0);
  expect(await isAlive()).toBe(true);
});

it("row 37: notices that Redis hangs, and recovers with it", async () => {
  const { near, far, senders } = await talk();
  redis.pause();
  await until(() => bothAre("degraded"), "both tasks notice");
  const before = near.seen.size;
  await until(() => near.seen.size > before + SENDERS, "sockets of the same task go on");
  redis.resume();
  await until(() => bothAre("ok"), "both tasks are back");
  const acknowledged = await endOf(senders);
  await until(() => near.has(acknowledged) && far.has(acknowledged), "everybody has everything that was acknowledged");
  expect(await isAlive()).toBe(true);
});

it("row 37: survives repeated CLIENT KILLs of every connection", async () => {
  const { near, far, senders } = await talk();
  const admin = await createClient({ url: redis.url }).connect();
  for (let i = 0; i < 10; i++) {
    await sleep(150);
    await admin.sendCommand(["CLIENT", "KILL", "TYPE", i % 2 === 0 ? "normal" : "pubsub", "SKIPME", "yes"]);
  }
  admin.destroy();
  await until(() => bothAre("ok"), "both tasks are back");
  const acknowledged = await endOf(senders);
  await until(() => near.has(acknowledged) && far.has(acknowledged), "everybody has everything that was acknowledged");
  expect(await isAlive()).toBe(true);
});

it("row 37: admits clients by each task's own count when Redis is full", async () => {
  const admin = await createClient({ url: redis.url }).connect();
  await admin.configSet({ maxmemory: "1", "maxmemory-policy": "noeviction" });
  const { near, far, senders } = await talk();
  await until(() => far.seen.size > 3, "messages arrive on the other task");
  const acknowledged = await endOf(senders);
  await until(() => near.has(acknowledged), "all have arrived");
  await admin.configSet("maxmemory", "0");
  admin.destroy();
});

it("starts and serves without Redis, and connects once it is there", async () => {
  await redis.kill();
  const early = await startServer({ databaseUrl, redisUrl: redis.url });
  const [person, other] = people as [AgentPrincipal, AgentPrincipal];
  const local = await ConversationReader.start(early, person, conversationId);
  const sender = await ConversationSender.start(early, other, conversationId);
  await until(() => local.seen.size > 3, "its own sockets are served");
  expect(await readiness(early)).toBe("degraded");
  await redis.start();
  await until(async () => (await readiness(early)) === "ok", "it has found Redis");
  const far = await ConversationReader.start(tasks[1], people[2] as AgentPrincipal, conversationId);
  const before = far.seen.size;
  await until(() => far.seen.size > before + 2, "the other task hears of it, live");
  await sender.stop();
  expect(await early.stop()).toEqual({ code: 0, signal: null });
});

it("row 37: keeps serving with a wrong password, and logs the error without the password", async () => {
  const locked = await RedisServer.start({ args: ["--requirepass", "the-right-one"] });
  const url = `redis://:the-wrong-one@127.0.0.1:${locked.port}`;
  const task = await startServer({ databaseUrl, redisUrl: url });
  const socket = await connect(task, people[0] as AgentPrincipal);
  expect(await ask(socket, "sync", { conversations: { [conversationId]: 0 } })).toMatchObject({ ok: true });
  await until(() => task.output().includes("trouble with Redis"), "it tells");
  expect(await readiness(task)).toBe("degraded");
  expect(task.output()).not.toContain("the-wrong-one");
  expect(await task.stop()).toEqual({ code: 0, signal: null });
  await locked.close();
});
