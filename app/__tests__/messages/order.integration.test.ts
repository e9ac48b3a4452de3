import { randomUUID } from "node:crypto";
import { type Postgres } from "../../server/data/postgres";
import { PostgresMessageLog } from "../../server/messages";
import { type AgentPrincipal, type VisitorPrincipal } from "../../server/domain/principal";
import { join, makeAgent, makeVisitor } from "../helpers/people";
import { PostgresServer } from "../helpers/postgres";
import { createTestDatabase } from "../helpers/test-database";

let server: PostgresServer;
let database: Postgres;
let log: PostgresMessageLog;
let agents: readonly AgentPrincipal[];

beforeAll(async () => {
  server = await PostgresServer.start();
  database = await createTestDatabase(server, { connections: 8 });
  log = new PostgresMessageLog(database);
  agents = await Promise.all(Array.from({ length: 8 }, () => makeAgent(database)));
});

afterAll(async () => {
  await database.close();
  await server.close();
});

async function conversationOfAll(): Promise<VisitorPrincipal> {
  const visitor = await makeVisitor(database);
  for (const agent of agents) await join(database, visitor.conversationId, agent);
  return visitor;
}

async function stored(conversationId: string) {
  return database.query<{ seq: number; client_message_id: string; sender_id: string; created_at: Date }>(
    {
      name: "stored",
      text: "select seq, client_message_id, sender_id, created_at from message where conversation_id = $1 order by seq",
    },
    [conversationId],
  );
}

test("eight concurrent sends of one message store one row and get the same result", async () => {
  const visitor = await conversationOfAll();
  const { conversationId } = visitor;
  for (let round = 1; round <= 50; round += 1) {
    const message = { conversationId, clientMessageId: randomUUID(), body: "once" };
    const results = await Promise.all(agents.map(() => log.append(visitor, message)));
    const messages = results.map((result) => ("message" in result ? result.message : undefined));
    expect(new Set(messages.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(messages[0]?.seq).toBe(round);
    expect(results.filter(({ kind }) => kind === "stored")).toHaveLength(1);
  }
  const rows = await stored(conversationId);
  expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
});

test("many concurrent senders with retries and strangers: no gap, each message once, in each sender's order", async () => {
  const { conversationId } = await conversationOfAll();
  const stranger = await makeAgent(database);
  const sent = new Map<string, string[]>();
  const acknowledged = new Map<string, number>();
  const sendAll = async (agent: AgentPrincipal) => {
    const own: string[] = [];
    sent.set(agent.userId, own);
    for (let n = 0; n < 40; n += 1) {
      const message = { conversationId, clientMessageId: randomUUID(), body: String(n) };
      own.push(message.clientMessageId);
      const [first, again, refused] = await Promise.all([
        log.append(agent, message),
        n % 5 === 0 ? log.append(agent, message) : undefined,
        n % 7 === 0 ? log.append(stranger, { ...message, clientMessageId: randomUUID() }) : undefined,
      ]);
      if ("message" in first) acknowledged.set(message.clientMessageId, first.message.seq);
      if (again && "message" in again && "message" in first) expect(again.message).toEqual(first.message);
      expect(refused?.kind ?? "not-found").toBe("not-found");
    }
  };
  await Promise.all(agents.map(sendAll));
  const rows = await stored(conversationId);
  expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 * agents.length }, (_, at) => at + 1));
  expect(new Map(rows.map((row) => [row.client_message_id, row.seq]))).toEqual(acknowledged);
  for (const [sender, ids] of sent) {
    expect(rows.filter((row) => row.sender_id === sender).map((row) => row.client_message_id)).toEqual(ids);
  }
  const times = rows.map(({ created_at }) => created_at.getTime());
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test("a reader that asks for messages after its last seq never misses one", async () => {
  const visitor = await conversationOfAll();
  const { conversationId } = visitor;
  let writing = true;
  const seen: number[] = [];
  const read = async () => {
    for (;;) {
      const last = !writing;
      const page = (await log.after(visitor, { [conversationId]: seen.at(-1) ?? 0 })).get(conversationId);
      seen.push(...(page?.messages.map(({ seq }) => seq) ?? []));
      if (last && seen.at(-1) === page?.headSeq) return;
    }
  };
  const reader = read();
  await Promise.all(
    agents.map(async (agent) => {
      for (let n = 0; n < 30; n += 1)
        await log.append(agent, { conversationId, clientMessageId: randomUUID(), body: "x" });
    }),
  );
  writing = false;
  await reader;
  expect(seen).toEqual(Array.from({ length: 30 * agents.length }, (_, at) => at + 1));
});

test("messages update the conversation's row in place (heap-only tuples)", async () => {
  const visitor = await makeVisitor(database);
  const { conversationId } = visitor;
  for (let n = 0; n < 20; n += 1) {
    await log.append(visitor, { conversationId, clientMessageId: randomUUID(), body: "x" });
  }
  // Statistics are written after a connection has been idle, so ask until they are there.
  const updates = async () => {
    const text =
      "select pg_stat_force_next_flush(), n_tup_hot_upd as hot from pg_stat_user_tables where relname = 'conversation'";
    return (await database.query<{ hot: number }>({ name: "hot", text }, []))[0]?.hot ?? 0;
  };
  let hot = 0;
  for (let tries = 0; tries < 50 && hot < 20; tries += 1) {
    hot = await updates();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(hot).toBeGreaterThanOrEqual(20);
});
