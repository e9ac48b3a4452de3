import { randomUUID } from "node:crypto";
import { searchTerms } from "../../protocol/search-text";
import { PostgresConversations } from "../../server/conversations";
import { type EmbeddedDatabase } from "../../server/data/embedded-database";
import { RateLimited } from "../../server/domain/ports/errors";
import { type AgentPrincipal, type VisitorPrincipal } from "../../server/domain/principal";
import { searchMessages } from "../../server/domain/search-messages";
import { LocalQuota } from "../../server/limits/local-quota";
import { PostgresMessageLog } from "../../server/messages";
import { createLog } from "../../server/operations/log";
import { FairSearch, PostgresSearch, SearchIndexer } from "../../server/search";
import { openEmbeddedDatabase } from "../helpers/embedded-database";
import { join, makeAgent, makeVisitor } from "../helpers/people";

const log = createLog({ level: "silent", service: "test" });
let database: EmbeddedDatabase;
let search: PostgresSearch;
let indexer: SearchIndexer;
let [aki, ben, admin]: AgentPrincipal[] = [];
let vera: VisitorPrincipal;

const run = (text: string) => database.query<Record<string, unknown>>({ name: "", text }, []);

beforeAll(async () => {
  database = await openEmbeddedDatabase();
  search = new PostgresSearch(database);
  indexer = new SearchIndexer({ database, log });
  [aki, ben, admin] = [await makeAgent(database), await makeAgent(database), await makeAgent(database, "admin")];
});
afterAll(() => database.close());

beforeEach(async () => {
  await run("delete from visitor");
  vera = await makeVisitor(database);
  await join(database, vera.conversationId, aki!);
});

const say = (body: string, from = vera) =>
  new PostgresMessageLog(database).append(from, {
    conversationId: from.conversationId,
    clientMessageId: randomUUID(),
    body,
  });

async function bodies(agent: AgentPrincipal | undefined, text: string): Promise<readonly string[]> {
  const request = { terms: searchTerms(text), limit: 20, isCancelled: () => false };
  const { messages } = await searchMessages({ search }, agent!, request);
  return messages.map(({ message }) => message.body);
}

async function names(agent: AgentPrincipal | undefined, text: string): Promise<readonly string[]> {
  const request = { terms: searchTerms(text), limit: 20, isCancelled: () => false };
  return (await searchMessages({ search }, agent!, request)).customers.map(({ visitorName }) => visitorName);
}

describe.each([
  ["before it is indexed", () => Promise.resolve(0)],
  ["after it was indexed", () => indexer.indexBatch()],
])("%s", (_when, index) => {
  test("a message is found by its members and admins, and by nobody else", async () => {
    await say("ＡＢＣ-12の返金をお願いします");
    await index();
    for (const text of ["返金", "金", "abc-12", "返金 お願い"]) {
      expect([text, await bodies(aki, text)]).toEqual([text, ["ＡＢＣ-12の返金をお願いします"]]);
      expect(await bodies(admin, text)).toHaveLength(1);
      expect(await bodies(ben, text)).toEqual([]);
    }
    expect(await bodies(aki, "返品")).toEqual([]);
  });

  test("an agent who leaves a conversation finds it no longer", async () => {
    await say("a secret of Vera");
    await index();
    await new PostgresConversations(database).removeMember(aki!, vera.conversationId, aki!.userId);
    expect(await bodies(aki, "secret")).toEqual([]);
    expect(await names(aki, "visitor")).toEqual([]);
  });

  test("a customer is found by their name", async () => {
    await index();
    expect(await names(aki, vera.name.toUpperCase())).toEqual([vera.name]);
    expect(await names(aki, "visit")).toEqual([vera.name]);
    expect(await names(aki, "somebody")).toEqual([]);
    expect(await names(ben, "visitor")).toEqual([]);
    expect(await bodies(aki, "visitor")).toEqual([]);
  });

  test("hits come newest first, over the boundary of what is indexed", async () => {
    await say("first hit");
    await index();
    await say("second hit");
    expect(await bodies(aki, "hit")).toEqual(["second hit", "first hit"]);
  });
});

test("indexing again changes nothing, and a deleted conversation takes its index along", async () => {
  await say("one");
  await say("two");
  expect(await indexer.indexBatch()).toBe(3);
  expect(await indexer.indexBatch()).toBe(0);
  expect(await run("select seq, tokens::text as tokens from message_search where seq > 0 order by seq")).toEqual([
    { seq: 1, tokens: "'one'" },
    { seq: 2, tokens: "'two'" },
  ]);
  await run("delete from visitor");
  expect(await run("select from message_search")).toEqual([]);
  expect(await run("select from search_progress")).toEqual([]);
});

test("one task indexes at a time, and another one takes over when the lease has ended", async () => {
  const other = new SearchIndexer({ database, log });
  await say("one");
  expect(await indexer.indexBatch()).toBe(2);
  await say("two");
  expect(await other.indexBatch()).toBe(0);
  await run("update search_lease set until = now() - interval '1 second'");
  expect(await other.indexBatch()).toBe(1);
  await run("delete from search_lease");
});

test("says when older messages cannot be found yet", async () => {
  expect((await search.unindexed(aki!)).isComplete).toBe(true);
  await run(`
    insert into message (conversation_id, seq, client_message_id, sender_kind, sender_id, sender_name, body, created_at)
    select '${vera.conversationId}', n, gen_random_uuid(), 'visitor', '${vera.userId}', 'Vera', 'old ' || n, now()
    from generate_series(1, 60) n`);
  await run("update conversation set last_seq = 60");
  expect((await search.unindexed(aki!)).isComplete).toBe(false);
  expect((await search.unindexed(ben!)).isComplete).toBe(true);
  await indexer.indexBatch();
  expect((await search.unindexed(aki!)).isComplete).toBe(true);
});

test("an agent who searches far too often has to wait, and another one does not", async () => {
  const quota = new LocalQuota({ name: "search", points: 2, durationSec: 60 });
  const fair = new FairSearch(search, { maxReads: 2, quota });
  await fair.unindexed(aki!);
  await fair.unindexed(aki!);
  await expect(fair.unindexed(aki!)).rejects.toThrow(RateLimited);
  await expect(fair.unindexed(ben!)).resolves.toMatchObject({ isComplete: true });
});
