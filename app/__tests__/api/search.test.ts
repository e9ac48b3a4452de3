import { randomUUID } from "node:crypto";
import { SEARCH_PAGE } from "../../protocol";
import { type EmbeddedDatabase } from "../../server/data/embedded-database";
import { type AgentPrincipal } from "../../server/domain/principal";
import { agentCookie, beginVisitor, type TestApi, testApi } from "../helpers/api";
import { openEmbeddedDatabase } from "../helpers/embedded-database";
import { join, makeAgent } from "../helpers/people";

let database: EmbeddedDatabase;
let test_: TestApi;
let agent: AgentPrincipal;
let cookie: string;
let conversationId: string;

beforeAll(async () => {
  database = await openEmbeddedDatabase();
  test_ = testApi(database);
  agent = await makeAgent(database);
  cookie = await agentCookie(agent);
  const { principal } = await beginVisitor(test_.services);
  conversationId = principal.conversationId;
  await join(database, conversationId, agent);
  for (let n = 1; n <= SEARCH_PAGE + 5; n++) {
    const message = { conversationId, clientMessageId: randomUUID(), body: `配送について ${n}` };
    await test_.services.messages.append(principal, message);
  }
});
afterAll(() => database.close());

const find = async (query: string) => (await test_.call(`GET /api/search?${query}`, { cookie })).body;

test("returns pages of hits with their place in the conversation and an excerpt", async () => {
  const q = `q=${encodeURIComponent("配送")}`;
  const first = await find(q);
  const [hit, ...others] = first["hits"] as { seq: number }[];
  expect(hit).toEqual({
    conversationId,
    seq: SEARCH_PAGE + 5,
    visitorName: "客",
    senderKind: "visitor",
    senderName: "客",
    createdAt: expect.any(String) as string,
    excerpt: [
      { text: "配送", isMatch: true },
      { text: `について ${SEARCH_PAGE + 5}`, isMatch: false },
    ],
  });
  expect(others).toHaveLength(SEARCH_PAGE - 1);
  expect(first).toMatchObject({ ok: true, isComplete: true, customers: [] });
  const second = await find(`${q}&cursor=${String(first["next"])}`);
  expect((second["hits"] as { seq: number }[]).map(({ seq }) => seq)).toEqual([5, 4, 3, 2, 1]);
  expect(second["next"]).toBeNull();
});

test("finds customers by their name", async () => {
  expect(await find(`q=${encodeURIComponent("客")}`)).toMatchObject({
    hits: [],
    customers: [{ conversationId, visitorName: "客" }],
  });
});

test.each(["", "q=", "q=%20", `q=${"x".repeat(201)}`, "q=%00", "q=x&cursor=e30", "q=x&cursor=%00"])(
  "refuses %p as invalid",
  async (query) => {
    expect(await find(query)).toMatchObject({ ok: false, code: "INVALID" });
  },
);

test("refuses an agent who searches too often", async () => {
  const limited = testApi(database, {
    search: { consume: () => Promise.resolve({ allowed: false, retryAfterMs: 7 }) },
  });
  const reply = await limited.call("GET /api/search?q=x", { cookie });
  expect([reply.status, reply.body["retryAfterMs"]]).toEqual([429, 7]);
});
