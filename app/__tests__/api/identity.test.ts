import { type EmbeddedDatabase } from "../../server/data/embedded-database";
import { type AgentPrincipal } from "../../server/domain/principal";
import { agentCookie, beginVisitor, type TestApi, testApi } from "../helpers/api";
import { openEmbeddedDatabase } from "../helpers/embedded-database";
import { makeAgent } from "../helpers/people";

let database: EmbeddedDatabase;
let test_: TestApi;
let agent: AgentPrincipal;
let admin: AgentPrincipal;
let cookie: string;
let adminCookie: string;

beforeAll(async () => {
  database = await openEmbeddedDatabase();
  test_ = testApi(database);
  [agent, admin] = [await makeAgent(database), await makeAgent(database, "admin")];
  [cookie, adminCookie] = [await agentCookie(agent), await agentCookie(admin)];
});

afterAll(() => database.close());
beforeEach(() => void test_.notifier.take());

describe("tickets", () => {
  test("an agent's ticket contains the session", async () => {
    const { body } = await test_.call("POST /api/tickets", { cookie });
    expect(body["principal"]).toEqual({ kind: "agent", userId: agent.userId, name: agent.name, role: "agent" });
    expect(body["sessionExpiresAt"]).toBe(new Date(agent.expiresAt * 1000).toISOString());
    expect(test_.services.identity.verifyTicket(String(body["ticket"]))).toEqual(agent);
  });

  test("a customer's ticket is issued although the browser also has an agent's cookie", async () => {
    const visitor = await beginVisitor(test_.services);
    const both = `${cookie}; ${visitor.cookie}`;
    const { body } = await test_.call("POST /api/tickets?as=visitor", { cookie: both });
    expect(test_.services.identity.verifyTicket(String(body["ticket"]))).toEqual(visitor.principal);
    const asAgent = await test_.call("POST /api/tickets", { cookie: both });
    expect(asAgent.body["principal"]).toMatchObject({ kind: "agent" });
  });

  test("a session may be split over several cookies", async () => {
    const [name = "", value = ""] = cookie.split("=");
    const parts = `${name}.0=${value.slice(0, 100)}; ${name}.1=${value.slice(100)}`;
    expect((await test_.call("GET /api/me", { cookie: parts })).body).toMatchObject({
      principal: { userId: agent.userId },
    });
  });

  test("no response may be cached or framed", async () => {
    const { headers } = await test_.call("POST /api/tickets", { cookie });
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("SAMEORIGIN");
  });
});

describe("customers", () => {
  test("start with a name and get a cookie that neither scripts nor other sites can use", async () => {
    const reply = await test_.call("POST /api/visitors", { body: { name: "  山田  " } });
    const visitor = reply.body["visitor"] as { conversationId: string };
    expect(reply.body).toMatchObject({ ok: true, visitor: { kind: "visitor", name: "山田" } });
    const set = reply.headers.get("set-cookie") ?? "";
    expect(set).toMatch(
      /^__Host-messenger-crm\.visitor=[\w.-]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(test_.notifier.take()).toEqual([`inbox all ${visitor.conversationId}`]);
    const me = await test_.call("GET /api/visitors/me", { cookie: set.split(";")[0] });
    expect(me.body).toMatchObject({ ok: true, visitor });
  });

  test("a ticket is not accepted as a visitor token, nor a visitor token as a ticket", async () => {
    const { principal, cookie } = await beginVisitor(test_.services);
    const token = cookie.split("=")[1] ?? "";
    expect(test_.services.identity.verifyTicket(token)).toBeUndefined();
    const ticket = test_.services.identity.issueTicket(principal);
    const forged = { cookie: `__Host-messenger-crm.visitor=${ticket}` };
    expect((await test_.call("GET /api/visitors/me", forged)).status).toBe(401);
  });

  test("end their session for good", async () => {
    const { principal, cookie } = await beginVisitor(test_.services);
    const reply = await test_.call("DELETE /api/session?as=visitor", { cookie });
    expect(reply.headers.get("set-cookie")).toMatch(/^__Host-messenger-crm\.visitor=; Max-Age=0; /);
    expect(test_.notifier.take()).toEqual([`end session ${principal.sessionId}`]);
    expect((await test_.call("GET /api/visitors/me", { cookie })).status).toBe(401);
    expect(await test_.services.identity.ended([principal])).toEqual(new Map([[principal, "signed-out"]]));
  });
});

describe("users", () => {
  test("are listed without their passwords", async () => {
    const { body } = await test_.call("GET /api/users", { cookie: adminCookie });
    expect(body["users"]).toContainEqual({
      id: agent.userId,
      email: `${agent.userId}@example.com`,
      name: agent.name,
      role: "agent",
      disabled: false,
      createdAt: expect.any(String) as string,
    });
  });

  test("are disabled at once, and enabled again", async () => {
    const other = await makeAgent(database);
    const otherCookie = await agentCookie(other);
    const disable = { cookie: adminCookie, body: { disabled: true } };
    const reply = await test_.call(`PATCH /api/users/${other.userId}`, disable);
    expect(reply.body).toMatchObject({ user: { id: other.userId, disabled: true } });
    expect(test_.notifier.take()).toEqual([`end user ${other.userId}`]);
    expect((await test_.call("GET /api/me", { cookie: otherCookie })).status).toBe(401);
    await test_.call(`PATCH /api/users/${other.userId}`, { cookie: adminCookie, body: { disabled: false } });
    expect(test_.notifier.take()).toEqual([]);
    expect((await test_.call("GET /api/me", { cookie: otherCookie })).status).toBe(200);
  });

  test("an admin cannot disable their own account", async () => {
    const reply = await test_.call(`PATCH /api/users/${admin.userId}`, {
      cookie: adminCookie,
      body: { disabled: true },
    });
    expect(reply.status).toBe(409);
    expect((await test_.call("GET /api/me", { cookie: adminCookie })).status).toBe(200);
  });
});

describe("invitations", () => {
  const invite = (email: string, role = "agent") =>
    test_.call("POST /api/invitations", { cookie: adminCookie, body: { email, role } });
  const accept = (token: unknown, changes = {}) =>
    test_.call("POST /api/invitations/accept", {
      body: { token, name: "新人", password: "correct horse battery", ...changes },
    });

  test("become an account that can sign in, once", async () => {
    const { body } = await invite("New.Person@example.com", "admin");
    expect(body).toMatchObject({ ok: true, email: "new.person@example.com" });
    expect((await accept(body["token"])).body).toEqual({ ok: true, email: "new.person@example.com" });
    expect((await accept(body["token"])).status).toBe(404);
    const { accounts } = test_.services;
    expect(await accounts.byPassword("NEW.person@example.com", "correct horse battery")).toMatchObject({
      email: "new.person@example.com",
      name: "新人",
      role: "admin",
    });
    expect(await accounts.byPassword("new.person@example.com", "correct horse batterY")).toBeUndefined();
  });

  test("show the token only to the admin who created them", async () => {
    const { body } = await invite("hidden@example.com");
    const stored = JSON.stringify(await database.query({ name: "i", text: "select * from invitation" }, []));
    expect(stored).not.toContain(body["token"]);
  });

  test("only the newest one is valid, and an address with an account gets none", async () => {
    const first = await invite("twice@example.com");
    const second = await invite("twice@example.com");
    expect((await accept(first.body["token"])).status).toBe(404);
    expect((await accept(second.body["token"])).status).toBe(200);
    expect((await invite("TWICE@example.com")).status).toBe(409);
  });

  test("expire", async () => {
    const { body } = await invite("late@example.com");
    await database.query({ name: "age", text: "update invitation set expires_at = now() where email = $1" }, [
      "late@example.com",
    ]);
    expect((await accept(body["token"])).status).toBe(404);
  });

  test.each([
    ["a short password", { password: "short" }],
    ["a password that is too long", { password: "x".repeat(201) }],
    ["no name", { name: "  " }],
    ["a name of two lines", { name: "a\r\nSet-Cookie: x" }],
    ["a name with NUL", { name: "a\0b" }],
    ["a name with half a character", { name: "a\uD800" }],
    ["a name that turns the text around", { name: "a\u202Eb" }],
    ["a field that is not there", { role: "admin" }],
  ])("%s is refused", async (_, changes) => {
    const { body } = await invite("careful@example.com");
    expect((await accept(body["token"], changes)).status).toBe(400);
    expect((await accept("x".repeat(43))).status).toBe(404);
  });
});

describe("malformed requests", () => {
  const create = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    test_.call("POST /api/visitors", { body, headers });

  test.each([
    ["broken JSON", "{"],
    ["nothing", ""],
    ["null", "null"],
    ["a number", "1"],
    ["a list", "[]"],
    ["another field", { name: "x", id: "1" }],
    ["a prototype", '{"name":"x","__proto__":{"admin":true}}'],
    ["a deep nest", `{"name":${"[".repeat(5000)}${"]".repeat(5000)}}`],
    ["a name that is no text", { name: {} }],
  ])("%s is INVALID", async (_, body) => {
    const reply = await create(body);
    expect([reply.status, reply.body["code"]]).toEqual([400, "INVALID"]);
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp"])(
    "a body of %s is INVALID: a form of another site can send it",
    async (type) => {
      expect((await create({ name: "x" }, { "content-type": type })).body["code"]).toBe("INVALID");
    },
  );

  test("a body over the limit is refused", async () => {
    const reply = await create({ name: "x".repeat(20_000) });
    expect([reply.status, reply.body["code"]]).toEqual([413, "INVALID"]);
  });

  test("an unknown route is NOT_FOUND, as JSON", async () => {
    for (const request of ["GET /api/nothing", "PUT /api/visitors", "GET /api/visitors/%00", "GET /api/__proto__"]) {
      const reply = await test_.call(request, { cookie });
      expect([reply.status, reply.body["code"]]).toEqual([404, "NOT_FOUND"]);
    }
  });
});

test("limits apply per address and say how long to wait", async () => {
  const keys: string[] = [];
  const limited = testApi(database, {
    visitor: {
      consume: (key) => {
        keys.push(key);
        return Promise.resolve({ allowed: false, retryAfterMs: 1500 });
      },
    },
  });
  const reply = await limited.call("POST /api/visitors", { body: { name: "x" } });
  expect([reply.status, reply.body["code"], reply.body["retryAfterMs"]]).toEqual([429, "RATE_LIMITED", 1500]);
  expect(reply.headers.get("retry-after")).toBe("2");
  expect(keys).toEqual(["192.0.2.1"]);
  expect((await limited.call("GET /api/me", { cookie })).status).toBe(200);
});

test("an unavailable database is UNAVAILABLE, a bug gets an id, and neither reveals more", async () => {
  const closed = await openEmbeddedDatabase();
  const broken = testApi(closed);
  await closed.query({ name: "break", text: "drop table app_user cascade" }, []);
  const fault = await broken.call("GET /api/me", { cookie });
  expect([fault.status, fault.body["code"]]).toEqual([500, "INTERNAL"]);
  expect(fault.body["message"]).toMatch(/^Something went wrong here \([0-9a-f-]{36}\)\.$/);
  expect(broken.errors.map(String)).toEqual(["DatabaseFault: the database refused a statement: SQLSTATE 42P01"]);
  await closed.close();
  const away = await broken.call("GET /api/me", { cookie });
  expect([away.status, away.body["code"], away.body["retryable"]]).toEqual([503, "UNAVAILABLE", true]);
  expect(JSON.stringify([fault.body, away.body])).not.toMatch(/select|app_user|SQLSTATE|\.ts/);
  expect(broken.errors).toHaveLength(1);
});
