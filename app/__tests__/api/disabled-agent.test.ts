import { randomUUID } from "node:crypto";
import { type EmbeddedDatabase } from "../../server/data/embedded-database";
import { type AgentPrincipal, type VisitorPrincipal } from "../../server/domain/principal";
import { agentCookie, beginVisitor, type TestApi, testApi } from "../helpers/api";
import { openEmbeddedDatabase } from "../helpers/embedded-database";
import { makeAgent } from "../helpers/people";

let database: EmbeddedDatabase;
let test_: TestApi;
let people: Readonly<Record<"hanako" | "taro" | "admin", AgentPrincipal>>;
let cookies: Readonly<Record<"hanako" | "taro" | "admin", string>>;
let visitor: VisitorPrincipal;
let visitorCookie: string;
let at: string;

beforeAll(async () => {
  database = await openEmbeddedDatabase();
  test_ = testApi(database);
  people = {
    hanako: await makeAgent(database),
    taro: await makeAgent(database),
    admin: await makeAgent(database, "admin"),
  };
  cookies = {
    hanako: await agentCookie(people.hanako),
    taro: await agentCookie(people.taro),
    admin: await agentCookie(people.admin),
  };
});

afterAll(() => database.close());

const send = (body: string) =>
  test_.services.messages.append(visitor, {
    conversationId: visitor.conversationId,
    clientMessageId: randomUUID(),
    body,
  });

const inbox = async (cookie: string, query = "") =>
  (await test_.call(`GET /api/conversations${query}`, { cookie })).body;

describe("the conversations of an agent who is disabled", () => {
  let leaving: AgentPrincipal;
  let cookie: string;
  const disable = (successorId?: string) =>
    test_.call(`PATCH /api/users/${leaving.userId}`, { cookie: cookies.admin, body: { disabled: true, successorId } });
  const details = async (by: string) => (await test_.call(`GET ${at}`, { cookie: by })).body;
  const note = (successorName: string | null) => ({
    kind: "member-disabled",
    at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    memberName: leaving.name,
    byName: people.admin.name,
    successorName,
  });

  beforeEach(async () => {
    await database.query({ name: "clear", text: "delete from visitor" }, []);
    ({ principal: visitor, cookie: visitorCookie } = await beginVisitor(test_.services));
    at = `/api/conversations/${visitor.conversationId}`;
    leaving = await makeAgent(database);
    cookie = await agentCookie(leaving);
    await send("is anybody there?");
    await test_.call(`POST ${at}/take`, { cookie });
    test_.notifier.take();
  });

  test("go back to the queue with a note, and the customer reads no note", async () => {
    expect((await disable()).status).toBe(200);
    expect(test_.notifier.take()).toEqual([`end user ${leaving.userId}`, `inbox all ${visitor.conversationId}`]);
    expect(await inbox(cookies.taro)).toMatchObject({
      queue: [{ id: visitor.conversationId, preview: "is anybody there?", note: note(null) }],
    });
    await test_.call(`POST ${at}/take`, { cookie: cookies.taro });
    expect(await details(cookies.taro)).toMatchObject({
      members: [{ userId: people.taro.userId }],
      notes: [note(null)],
    });
    const asCustomer = await test_.call(`GET ${at}?as=visitor`, { cookie: visitorCookie });
    expect(asCustomer.body).toMatchObject({ ok: true, notes: [] });
    // Repeated, it changes nothing.
    await disable();
    expect(await details(cookies.taro)).toMatchObject({
      members: [{ userId: people.taro.userId }],
      notes: [note(null)],
    });
  });

  test("go to the named colleague, with what was read", async () => {
    await test_.services.messages.markRead(leaving, visitor.conversationId, 1);
    expect((await disable(people.taro.userId)).status).toBe(200);
    expect(await inbox(cookies.taro)).toMatchObject({
      mine: [{ id: visitor.conversationId, lastReadSeq: 1 }],
      queue: [],
    });
    expect(await details(cookies.taro)).toMatchObject({ notes: [note(people.taro.name)] });
    const again = await makeAgent(database);
    await test_.services.accounts.setDisabled(again.userId, true);
    for (const nobody of [again.userId, randomUUID(), leaving.userId]) expect((await disable(nobody)).status).toBe(409);
  });

  test("stay with their other agents, and return when those can sign in no more", async () => {
    await test_.call(`POST ${at}/members`, { cookie, body: { userId: people.taro.userId } });
    await disable(people.hanako.userId);
    expect(await inbox(cookies.hanako)).toMatchObject({ mine: [], queue: [] });
    expect(await details(cookies.taro)).toMatchObject({
      members: [{ userId: people.taro.userId }],
      notes: [note(null)],
    });
  });

  test("return when they were closed and their customer writes again", async () => {
    await test_.call(`POST ${at}/close`, { cookie });
    await disable();
    expect(await inbox(cookies.taro)).toMatchObject({ queue: [] });
    await send("one more question");
    expect(await inbox(cookies.taro)).toMatchObject({ queue: [{ id: visitor.conversationId }] });
  });

  test("cannot be taken by the agent any more", async () => {
    await disable();
    expect(await test_.services.conversations.take(leaving, visitor.conversationId)).toBe(false);
  });

  test("are seen by every admin before and after, whoever has them", async () => {
    const others = async (query = "") =>
      (await test_.call(`GET /api/conversations/others${query}`, { cookie: cookies.admin })).body;
    expect(await others()).toMatchObject({
      others: [{ id: visitor.conversationId, memberNames: [leaving.name] }],
      next: null,
    });
    const second = (await beginVisitor(test_.services)).principal.conversationId;
    await test_.call(`POST /api/conversations/${second}/close`, { cookie: cookies.admin });
    const first = await others("?limit=1");
    expect(first).toMatchObject({ others: [{ id: second, memberNames: [], status: "closed" }] });
    expect(await others(`?limit=1&cursor=${String(first["next"])}`)).toMatchObject({
      others: [{ id: visitor.conversationId }],
    });
    expect(await inbox(cookies.admin, `?cursor=${String(first["next"])}`)).toMatchObject({ code: "INVALID" });
    await disable();
    expect(await others()).toMatchObject({ others: [{ id: second }] });
  });
});
