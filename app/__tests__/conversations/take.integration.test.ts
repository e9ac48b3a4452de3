import { PostgresConversations } from "../../server/conversations";
import { type AgentPrincipal } from "../../server/domain/principal";
import { PasswordHashes, PostgresAccounts } from "../../server/identity";
import { makeAgent, makeVisitor } from "../helpers/people";
import { PostgresServer } from "../helpers/postgres";
import { createTestDatabase, type TestDatabase } from "../helpers/test-database";

let server: PostgresServer;
let database: TestDatabase;
let conversations: PostgresConversations;
let agents: readonly AgentPrincipal[];

beforeAll(async () => {
  server = await PostgresServer.start();
  database = await createTestDatabase(server, { connections: 8 });
  conversations = new PostgresConversations(database);
  agents = await Promise.all(Array.from({ length: 8 }, () => makeAgent(database)));
});

afterAll(async () => {
  await database.close();
  await server.close();
});

test("one of eight concurrent agents takes a conversation", async () => {
  for (let round = 0; round < 20; round += 1) {
    const { conversationId } = await makeVisitor(database);
    const taken = await Promise.all(agents.map((agent) => conversations.take(agent, conversationId)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const winner = agents[taken.indexOf(true)];
    if (winner === undefined) throw new Error("nobody got it");
    const one = await conversations.find(winner, conversationId);
    expect(one?.members.map(({ userId }) => userId)).toEqual([winner.userId]);
  }
});

test("after its last member leaves, one agent can take it again", async () => {
  const { conversationId } = await makeVisitor(database);
  const [first, ...others] = agents;
  if (first === undefined) throw new Error("nobody there");
  expect(await conversations.take(first, conversationId)).toBe(true);
  expect(await conversations.removeMember(first, conversationId, first.userId)).toEqual([]);
  const taken = await Promise.all(others.map((agent) => conversations.take(agent, conversationId)));
  expect(taken.filter(Boolean)).toHaveLength(1);
});

test("an agent who is disabled while they take conversations keeps none of them", async () => {
  const accounts = new PostgresAccounts(database, new PasswordHashes());
  const by = await makeAgent(database, "admin");
  for (let round = 0; round < 20; round += 1) {
    const [leaving, ...customers] = await Promise.all([
      makeAgent(database),
      ...Array.from({ length: 4 }, () => makeVisitor(database)),
    ]);
    const taking = customers.map(({ conversationId }) => conversations.take(leaving, conversationId));
    await accounts.setDisabled(leaving.userId, true);
    await conversations.releaseAll({ userId: leaving.userId, by });
    await Promise.all(taking);
    const entries = await conversations.findEntries(
      leaving,
      customers.map(({ conversationId }) => conversationId),
    );
    expect([entries.mine.length, entries.queue.length]).toEqual([0, 4]);
  }
});
