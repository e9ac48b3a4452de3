import { randomUUID } from "node:crypto";
import { type EmbeddedDatabase } from "../../server/data/embedded-database";
import { type AgentPrincipal, type VisitorPrincipal } from "../../server/domain/principal";
import { agentCookie, beginVisitor, type TestApi, testApi } from "../helpers/api";
import { openEmbeddedDatabase } from "../helpers/embedded-database";
import { makeAgent } from "../helpers/people";

let database: EmbeddedDatabase;
let test_: TestApi;
let [hanako, taro, admin]: AgentPrincipal[] = [];
let cookies: Readonly<Record<"hanako" | "taro" | "admin", string>>;
let visitor: VisitorPrincipal;
let visitorCookie: string;
let at: string;

const person = (agent: AgentPrincipal | undefined) => agent ?? fail();
function fail(): never {
  throw new Error("nobody there");
}

beforeAll(async () => {
  database = await openEmbeddedDatabase();
  test_ = testApi(database);
  [hanako, taro, admin] = [await makeAgent(database), await makeAgent(database), await makeAgent(database, "admin")];
  cookies = {
    hanako: await agentCookie(person(hanako)),
    taro: await agentCookie(person(taro)),
    admin: await agentCookie(person(admin)),
  };
});

afterAll(() => database.close());

beforeEach(async () => {
  await database.query({ name: "clear", text: "delete from visitor" }, []);
  ({ principal: visitor, cookie: visitorCookie } = await beginVisitor(test_.services));
  at = `/api/conversations/${visitor.conversationId}`;
  test_.notifier.take();
});

const send = (body: string) =>
  test_.services.messages.append(visitor, {
    conversationId: visitor.conversationId,
    clientMessageId: randomUUID(),
    body,
  });

const inbox = async (cookie: string, query = "") =>
  (await test_.call(`GET /api/conversations${query}`, { cookie })).body;

test("every agent sees a new conversation's entry in the queue, and one agent takes it", async () => {
  await send("secret question");
  for (const cookie of [cookies.hanako, cookies.taro]) {
    expect(await inbox(cookie)).toEqual({
      ok: true,
      mine: [],
      queue: [
        {
          id: visitor.conversationId,
          visitorName: "客",
          status: "open",
          createdAt: expect.any(String) as string,
          updatedAt: expect.any(String) as string,
          waitingSince: expect.any(String) as string,
          preview: "secret question",
          note: null,
        },
      ],
      waiting: 1,
      unread: 0,
      next: { mine: null, queue: null },
    });
  }
  const taken = await test_.call(`POST ${at}/take`, { cookie: cookies.hanako });
  expect(taken.body).toMatchObject({
    ok: true,
    conversation: { id: visitor.conversationId, lastSeq: 1, lastReadSeq: 0, lastMessage: { body: "secret question" } },
    members: [{ userId: person(hanako).userId, name: person(hanako).name, lastReadSeq: 0 }],
  });
  expect(test_.notifier.take()).toEqual([`inbox all ${visitor.conversationId}`]);
  expect((await test_.call(`POST ${at}/take`, { cookie: cookies.taro })).status).toBe(404);
  expect(await inbox(cookies.taro)).toMatchObject({ mine: [], queue: [] });
  expect(await inbox(cookies.hanako)).toMatchObject({
    mine: [{ lastMessage: { body: "secret question" } }],
    queue: [],
  });
});

test("members add and remove each other; without members the conversation returns to the queue", async () => {
  await test_.call(`POST ${at}/take`, { cookie: cookies.hanako });
  const userId = person(taro).userId;
  const added = await test_.call(`POST ${at}/members`, { cookie: cookies.hanako, body: { userId } });
  expect(added.body).toMatchObject({ members: [{ userId: person(hanako).userId }, { userId }] });
  expect((await test_.call(`POST ${at}/members`, { cookie: cookies.taro, body: { userId } })).status).toBe(200);
  test_.notifier.take();

  const removed = await test_.call(`DELETE ${at}/members/${person(hanako).userId}`, { cookie: cookies.taro });
  expect(removed.body).toMatchObject({ ok: true, members: [{ userId }] });
  expect(test_.notifier.take()).toEqual([
    `remove ${person(hanako).userId} ${visitor.conversationId}`,
    `inbox ${userId} ${visitor.conversationId}`,
  ]);
  expect((await test_.call(`GET ${at}`, { cookie: cookies.hanako })).status).toBe(404);

  const left = await test_.call(`DELETE ${at}/members/${userId}`, { cookie: cookies.taro });
  expect(left.body).toEqual({ ok: true });
  expect(test_.notifier.take()).toContain(`inbox all ${visitor.conversationId}`);
  expect(await inbox(cookies.hanako)).toMatchObject({ queue: [{ id: visitor.conversationId }] });
});

test("only a colleague who can sign in is added", async () => {
  await test_.call(`POST ${at}/take`, { cookie: cookies.hanako });
  const gone = await makeAgent(database);
  await test_.services.accounts.setDisabled(gone.userId, true);
  for (const userId of [gone.userId, randomUUID(), visitor.userId]) {
    expect((await test_.call(`POST ${at}/members`, { cookie: cookies.hanako, body: { userId } })).status).toBe(404);
  }
  const { body } = await test_.call("GET /api/colleagues", { cookie: cookies.hanako });
  const colleagues = body["colleagues"] as { userId: string }[];
  expect(colleagues.map((colleague) => colleague.userId)).toContain(person(taro).userId);
  expect(colleagues.map((colleague) => colleague.userId)).not.toContain(gone.userId);
});

test("closing removes it from the queue, reopening returns it, and members are notified", async () => {
  expect((await test_.call(`POST ${at}/close`, { cookie: cookies.admin })).body).toMatchObject({
    conversation: { status: "closed" },
  });
  expect(test_.notifier.take()).toEqual([
    `status ${visitor.conversationId} closed 0`,
    `inbox all ${visitor.conversationId}`,
  ]);
  expect(await inbox(cookies.hanako)).toMatchObject({ queue: [] });
  expect((await test_.call(`POST ${at}/take`, { cookie: cookies.hanako })).status).toBe(404);
  await test_.call(`POST ${at}/reopen`, { cookie: cookies.admin });
  await test_.call(`POST ${at}/take`, { cookie: cookies.hanako });
  test_.notifier.take();
  await test_.call(`POST ${at}/close`, { cookie: cookies.hanako });
  expect(test_.notifier.take()).toEqual([
    `status ${visitor.conversationId} closed 0`,
    `inbox ${person(hanako).userId} ${visitor.conversationId}`,
  ]);
});

describe("the queue", () => {
  const createdAt = "2026-01-01T00:00:00.000Z";
  const long = "長".repeat(150);
  const entry = async () =>
    ((await inbox(cookies.taro))["queue"] as { waitingSince: string; preview: string | null }[])[0];

  test("shows the beginning of the newest message, and since when the customer waits this time", async () => {
    await database.query(
      { name: "old", text: `update conversation set created_at = '${createdAt}', queued_at = null` },
      [],
    );
    expect(await entry()).toMatchObject({ waitingSince: createdAt, preview: null });
    await send(long);
    expect(await entry()).toMatchObject({ waitingSince: createdAt, preview: long.slice(0, 140) });
  });

  test("waits since its customer's unanswered message, or else since its last agent left", async () => {
    const leave = async () => {
      await test_.call(`POST ${at}/take`, { cookie: cookies.hanako });
      const before = new Date().toISOString();
      await test_.call(`DELETE ${at}/members/${person(hanako).userId}`, { cookie: cookies.hanako });
      return { before, since: (await entry())?.waitingSince ?? "" };
    };
    const sent = await send("hello?");
    const unanswered = await leave();
    expect(unanswered.since).toBe(sent.kind === "stored" ? sent.message.createdAt : "not stored");
    await test_.services.messages.append(person(admin), {
      conversationId: visitor.conversationId,
      clientMessageId: randomUUID(),
      body: "hello!",
    });
    const answered = await leave();
    expect(answered.since >= answered.before).toBe(true);
  });

  test("gets a closed conversation back when its customer writes or somebody reopens it", async () => {
    for (const reopen of [
      () => send("one more thing"),
      () => test_.call(`POST ${at}/reopen`, { cookie: cookies.admin }),
    ]) {
      await test_.call(`POST ${at}/close`, { cookie: cookies.admin });
      await database.query({ name: "old", text: `update conversation set queued_at = '${createdAt}'` }, []);
      const before = new Date().toISOString();
      await reopen();
      expect((await entry())?.waitingSince.localeCompare(before)).toBeGreaterThanOrEqual(0);
    }
  });
});

describe("entries of the inbox", () => {
  const entries = async (cookie: string, ids: string) =>
    (await test_.call(`GET /api/inbox?ids=${ids}`, { cookie })).body;

  test("are those of one's own conversations and of the queue, and nothing of others", async () => {
    const id = visitor.conversationId;
    await send("hello");
    expect(await entries(cookies.hanako, `${id},${randomUUID()}`)).toMatchObject({
      mine: [],
      queue: [{ id }],
      waiting: 1,
    });
    await test_.call(`POST ${at}/take`, { cookie: cookies.hanako });
    expect(await entries(cookies.hanako, id)).toMatchObject({
      mine: [{ id, lastMessage: { body: "hello" } }],
      queue: [],
    });
    const next = { mine: null, queue: null };
    const nothing = { ok: true, mine: [], queue: [], others: [], waiting: 0, unread: 0, next };
    expect(await entries(cookies.taro, id)).toEqual(nothing);
    expect(await entries(cookies.admin, id)).toMatchObject({
      ...nothing,
      others: [{ id, memberNames: [person(hanako).name], lastMessage: { body: "hello" }, lastSeq: 1, lastReadSeq: 1 }],
    });
  });

  test.each(["", "1", "%00", `${randomUUID()},`, Array(101).fill(randomUUID()).join(",")])(
    "%s are refused",
    async (ids) => {
      expect(await entries(cookies.hanako, ids)).toMatchObject({ ok: false, code: "INVALID" });
    },
  );
});

describe("history", () => {
  beforeEach(async () => {
    for (let n = 1; n <= 5; n += 1) await send(String(n));
  });

  const history = async (query: string) =>
    (await test_.call(`GET ${at}/messages?as=visitor&${query}`, { cookie: visitorCookie })).body;
  const bodies = (answer: Readonly<Record<string, unknown>>) =>
    (answer["messages"] as { body: string }[]).map(({ body }) => body);

  test("is paged in both directions", async () => {
    const newest = await history("limit=2");
    expect([bodies(newest), newest["more"]]).toEqual([["4", "5"], true]);
    const older = await history("before=4&limit=3");
    expect([bodies(older), older["more"]]).toEqual([["1", "2", "3"], false]);
    const behind = await history("after=2&limit=2");
    expect([bodies(behind), behind["more"]]).toEqual([["3", "4"], true]);
    const end = await history("after=5");
    expect([bodies(end), end["more"]]).toEqual([[], false]);
  });

  test.each([
    "limit=0",
    "limit=101",
    "limit=-1",
    "limit=1e3",
    "limit=ten",
    "limit=",
    "before=-1",
    "before=1.5",
    "before=99999999999999999999",
    "before=1;drop table message",
    "before=%00",
    "before=%ED%A0%80",
    "after=NaN",
    "after=1&before=2",
  ])("%s is refused", async (query) => {
    expect(await history(query)).toMatchObject({ ok: false, code: "INVALID" });
  });
});

describe("the inbox in pages", () => {
  const walk = async (cookie: string, list: "mine" | "queue") => {
    const seen: string[] = [];
    let query = "?limit=2";
    for (let page = 0; page < 10; page += 1) {
      const body = await inbox(cookie, query);
      seen.push(...(body[list] as { id: string }[]).map(({ id }) => id));
      const next = (body["next"] as Record<string, string | null>)[list];
      if (next === null) return seen;
      query = `?limit=2&cursor=${next}`;
    }
    throw new Error("it does not end");
  };

  test("both lists contain every conversation once, the queue longest waiting first", async () => {
    const ids = [visitor.conversationId];
    for (let n = 0; n < 4; n += 1) ids.push((await beginVisitor(test_.services)).principal.conversationId);
    const queue = await walk(cookies.taro, "queue");
    expect([...queue].sort()).toEqual([...ids].sort());
    const times = (await inbox(cookies.taro))["queue"] as { waitingSince: string }[];
    expect(times.map(({ waitingSince }) => waitingSince)).toEqual(times.map((entry) => entry.waitingSince).sort());
    expect(await inbox(cookies.taro, "?limit=2")).toMatchObject({ waiting: 5 });
    for (const id of ids) await test_.call(`POST /api/conversations/${id}/take`, { cookie: cookies.taro });
    expect([...(await walk(cookies.taro, "mine"))].sort()).toEqual([...ids].sort());
    await send("makes its conversation the newest");
    expect((await walk(cookies.taro, "mine"))[0]).toBe(visitor.conversationId);
  });

  test.each([
    "limit=0",
    "limit=101",
    "cursor=",
    "cursor=abc",
    "cursor=%00",
    `cursor=${Buffer.from('["mine",-1,"x"]').toString("base64url")}`,
    `cursor=${Buffer.from(`["mine",1e300,"${randomUUID()}"]`).toString("base64url")}`,
    `cursor=${Buffer.from(`["__proto__",1,"${randomUUID()}"]`).toString("base64url")}`,
    `cursor=${Buffer.from(`["mine",1,"' or 1=1 --"]`).toString("base64url")}`,
  ])("%s is refused", async (query) => {
    expect(await inbox(cookies.hanako, `?${query}`)).toMatchObject({ ok: false, code: "INVALID" });
  });

  test("another agent's cursor pages through the caller's own list", async () => {
    const { principal } = await beginVisitor(test_.services);
    await test_.call(`POST ${at}/take`, { cookie: cookies.hanako });
    await test_.call(`POST /api/conversations/${principal.conversationId}/take`, { cookie: cookies.hanako });
    const body = await inbox(cookies.hanako, "?limit=1");
    const { mine } = body["next"] as { mine: string };
    expect(await inbox(cookies.taro, `?cursor=${mine}`)).toMatchObject({ mine: [], queue: [] });
  });
});

test("the inbox says how many messages are unread in all conversations, also beyond its page", async () => {
  await send("one");
  await send("two");
  await test_.call(`POST ${at}/take`, { cookie: cookies.hanako });
  expect(await inbox(cookies.hanako, "?limit=1")).toMatchObject({ unread: 2 });
  await test_.services.messages.markRead(person(hanako), visitor.conversationId, 1);
  expect(await inbox(cookies.hanako)).toMatchObject({ unread: 1 });
  expect(await inbox(cookies.taro)).toMatchObject({ unread: 0 });
  expect(
    (await test_.call(`GET /api/inbox?ids=${visitor.conversationId}`, { cookie: cookies.hanako })).body,
  ).toMatchObject({
    unread: 1,
  });
});
