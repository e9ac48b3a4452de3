import { randomUUID } from "node:crypto";
import { apiRoutes } from "../../server/api";
import { type EmbeddedDatabase } from "../../server/data/embedded-database";
import { appUser } from "../../server/data/schema";
import { type AgentPrincipal } from "../../server/domain/principal";
import { agentCookie, beginVisitor, type CallOptions, type TestApi, testApi } from "../helpers/api";
import { openEmbeddedDatabase } from "../helpers/embedded-database";
import { join, makeAgent } from "../helpers/people";

let database: EmbeddedDatabase;
let test_: TestApi;
let people: Readonly<Record<"member" | "stranger" | "admin" | "disabled", AgentPrincipal>>;
let cookies: Readonly<Record<"member" | "stranger" | "admin" | "disabled" | "visitor" | "otherVisitor", string>>;
let conversationId: string;

/** The body of every route that needs one; a new route with a body fails a test until it is added here. */
const BODIES: Readonly<Record<string, () => unknown>> = {
  "POST /visitors": () => ({ name: "客" }),
  "POST /conversations/:id/members": () => ({ userId: people.stranger.userId }),
  "PATCH /users/:id": () => ({ disabled: false }),
  "POST /invitations": () => ({ email: `${randomUUID()}@example.com`, role: "agent" }),
  "POST /invitations/accept": () => ({ token: "x", name: "x", password: "x".repeat(12) }),
};

const ROUTES = apiRoutes({} as Parameters<typeof apiRoutes>[0]).map((route) => ({
  ...route,
  name: `${route.method} ${route.path}`,
}));

beforeAll(async () => {
  database = await openEmbeddedDatabase();
  test_ = testApi(database);
  people = {
    member: await makeAgent(database),
    stranger: await makeAgent(database),
    admin: await makeAgent(database, "admin"),
    disabled: await makeAgent(database),
  };
  const { principal, cookie } = await beginVisitor(test_.services);
  conversationId = principal.conversationId;
  await join(database, conversationId, people.member);
  await test_.services.accounts.setDisabled(people.disabled.userId, true);
  cookies = {
    member: await agentCookie(people.member),
    stranger: await agentCookie(people.stranger),
    admin: await agentCookie(people.admin),
    disabled: await agentCookie(people.disabled),
    visitor: cookie,
    otherVisitor: (await beginVisitor(test_.services)).cookie,
  };
});

afterAll(() => database.close());

function request({ name }: { readonly name: string }, { id = conversationId, query = "" } = {}) {
  const [method, path = ""] = name.split(" ");
  const filled = path.replace(":id", id).replace(":userId", people.member.userId);
  return `${method} /api${filled}${query}`;
}

const options = (route: { readonly name: string; readonly body: unknown }, cookie?: string): CallOptions => ({
  cookie,
  ...(route.body !== undefined && { body: BODIES[route.name]?.() }),
});

test("each route with a body has one in this test", () => {
  expect(Object.keys(BODIES).sort()).toEqual(
    ROUTES.filter(({ body }) => body)
      .map(({ name }) => name)
      .sort(),
  );
});

const signedIn = ROUTES.filter(({ caller }) => caller !== "anyone");

describe.each(signedIn)("$name", (route) => {
  test.each([
    ["nobody", () => undefined],
    ["somebody who was disabled", () => cookies.disabled],
    ["a forged cookie", () => "__Secure-next-auth.session-token=abc"],
    ["the cookie of another secret", () => agentCookie(people.admin, "x".repeat(48))],
    ["the cookie by its name without https", async () => (await agentCookie(people.admin)).replace("__Secure-", "")],
    [
      "a session that has run out",
      () => agentCookie({ ...people.admin, expiresAt: Math.floor(Date.now() / 1000) - 1 }),
    ],
    ["a session of nobody", () => agentCookie({ ...people.admin, userId: randomUUID() })],
  ])("refuses %s", async (_, cookie) => {
    const reply = await test_.call(request(route), options(route, await cookie()));
    expect([reply.status, reply.body["code"]]).toEqual([401, "UNAUTHENTICATED"]);
  });

  if (route.method !== "GET") {
    test.each([
      "",
      "null",
      "https://chat.example.com.evil.com",
      "http://chat.example.com",
      "https://Chat.example.com",
      "https://chat.example.com/",
    ])("refuses the origin %p", async (origin) => {
      const reply = await test_.call(request(route), { ...options(route, cookies.admin), headers: { origin } });
      expect([reply.status, reply.body["code"]]).toEqual([403, "FORBIDDEN"]);
    });
  }
});

test.each(ROUTES.filter(({ caller }) => caller === "admin"))("$name is refused to an agent", async (route) => {
  const reply = await test_.call(request(route), options(route, cookies.member));
  expect([reply.status, reply.body["code"]]).toEqual([403, "FORBIDDEN"]);
});

test.each(ROUTES.filter(({ caller }) => caller === "agent" || caller === "admin"))(
  "$name is refused to a customer",
  async (route) => {
    for (const query of ["", "?as=visitor"]) {
      const reply = await test_.call(request(route, { query }), options(route, cookies.visitor));
      expect(reply.status).toBe(401);
    }
  },
);

/** The conversation is not in the queue any more, so that only its members and admins may access it. */
const ofConversations = ROUTES.filter(({ path }) => path.startsWith("/conversations/:id"));

describe.each(ofConversations)("$name", (route) => {
  test("treats a stranger as if the conversation did not exist, and changes nothing", async () => {
    const before = await everything();
    const query = route.caller === "person" ? "?as=visitor" : "";
    const strangers = [
      { cookie: cookies.stranger, query: "" },
      ...(route.caller === "person" ? [{ cookie: cookies.otherVisitor, query }] : []),
    ];
    for (const { cookie, query } of strangers) {
      const notTheirs = await test_.call(request(route, { query }), options(route, cookie));
      const nowhere = await test_.call(request(route, { query, id: randomUUID() }), options(route, cookie));
      const noId = await test_.call(request(route, { query, id: "1%00'" }), options(route, cookie));
      expect(notTheirs.status).toBe(404);
      for (const other of [nowhere, noId]) {
        expect([other.status, other.body]).toEqual([notTheirs.status, notTheirs.body]);
      }
    }
    expect(await everything()).toEqual(before);
    expect(test_.notifier.take()).toEqual([]);
  });
});

test("permitted callers succeed, so that the refusals above have the expected reason", async () => {
  for (const route of ofConversations) {
    if (route.path.endsWith("/take") || route.method === "DELETE") continue;
    for (const cookie of [cookies.member, cookies.admin]) {
      expect((await test_.call(request(route), options(route, cookie))).status).toBe(200);
    }
    if (route.caller === "person") {
      const reply = await test_.call(request(route, { query: "?as=visitor" }), options(route, cookies.visitor));
      expect(reply.status).toBe(200);
    }
  }
});

test("an ended session is refused, while another session of the same person works", async () => {
  const other = await agentCookie({ ...people.member, sessionId: "another" });
  const mine = await agentCookie({ ...people.member, sessionId: "mine" });
  test_.notifier.take();
  expect((await test_.call("DELETE /api/session", { cookie: mine })).status).toBe(200);
  expect(test_.notifier.take()).toEqual(["end session mine"]);
  expect((await test_.call("GET /api/me", { cookie: mine })).status).toBe(401);
  expect((await test_.call("POST /api/tickets", { cookie: mine })).status).toBe(401);
  expect((await test_.call("GET /api/me", { cookie: other })).status).toBe(200);
});

test("the role comes from the database, not from the cookie", async () => {
  const cookie = await agentCookie({ ...people.member, role: "admin" });
  expect((await test_.call("GET /api/users", { cookie })).status).toBe(403);
});

async function everything(): Promise<unknown> {
  const members = await database.query({ name: "m", text: "select * from conversation_member order by 1, 2" }, []);
  const conversations = await database.query({ name: "c", text: "select * from conversation order by 1" }, []);
  const users = await database.run((queries) => queries.select().from(appUser).orderBy(appUser.id));
  return { members, conversations, users };
}
