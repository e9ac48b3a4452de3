import { createHmac } from "node:crypto";
import { TICKET_SECRET } from "../helpers/memory-identity";
import { MemoryLog } from "../helpers/memory-log";
import { RawSocket } from "../helpers/raw-socket";
import { agent } from "../helpers/principals";
import { client, closeClients, connect, ORIGIN, startTask, type Task, until } from "../helpers/task";

let task: Task;

beforeAll(async () => {
  task = await startTask({
    messages: new MemoryLog(),
    realtime: { caps: { connectionsPerAddress: 8, connectionsPerUser: 3 } },
  });
});
afterEach(async () => {
  closeClients();
  RawSocket.closeAll();
  await until(() => task.realtime.openConnections() === 0, "all connections are closed");
});
afterAll(() => task.close());

async function refusal(auth: object): Promise<{ message: string; data: unknown }> {
  const socket = client(task, { auth });
  return new Promise((resolve) => socket.once("connect_error", (error) => resolve(error as never)));
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function signed(header: object, claims: object, secret = TICKET_SECRET): string {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}

function claims(over: object = {}): object {
  const now = Math.floor(Date.now() / 1000);
  const { userId, sessionId } = agent();
  const person = { kind: "agent", role: "agent", sub: userId, sid: sessionId, name: "A", session_exp: now + 600 };
  return { ...person, iss: "messenger-crm", aud: "socket", iat: now, exp: now + 60, ...over };
}

const HS256 = { alg: "HS256" };
const LONG_AGO = Math.floor(Date.now() / 1000) - 3600;

describe("tickets", () => {
  it("accepts a ticket with this test's claims, so that the changed ones fail for their own reason", async () => {
    const socket = client(task, { auth: { ticket: signed(HS256, claims()) } });
    await new Promise<void>((resolve) => socket.once("connect", resolve));
  });

  it("row 1: refuses a handshake without one, and closes the connection soon", async () => {
    const raw = await RawSocket.open(task);
    const before = Date.now();
    raw.send("40");
    expect(await raw.frame((frame) => frame.startsWith("44"))).toBe(
      '44{"message":"Unauthenticated","data":{"code":401,"retryable":true}}',
    );
    expect(task.realtime.io.sockets.sockets.size).toBe(0);
    await until(() => raw.closed !== undefined, "the connection is closed");
    // Not by the timeout of connections that say nothing, which is 5 s.
    expect(Date.now() - before).toBeLessThan(4000);
  });

  it.each([
    ["expired", signed(HS256, claims({ iat: LONG_AGO, exp: LONG_AGO + 60 }))],
    ["of an expired session", signed(HS256, claims({ session_exp: LONG_AGO }))],
    ["signed by another key", signed(HS256, claims(), "another-secret-that-is-as-long-as-ours-but-wrong")],
    ["not signed: alg none", `${part({ alg: "none" })}.${part(claims())}.`],
    ["of another algorithm", signed({ alg: "RS256" }, claims())],
    ["with a path for a key id", signed({ alg: "HS256", kid: "../../dev/null" }, claims(), "")],
    ["for another audience", signed(HS256, claims({ aud: "visitor" }))],
    ["not valid yet", signed(HS256, claims({ nbf: Math.floor(Date.now() / 1000) + 600 }))],
    ["a number", 7],
    ["an object", { toString: "x" }],
    ["long", "x".repeat(60_000)],
    ["empty", ""],
  ])("row 2: refuses one that is %s, with the same error", async (_what, ticket) => {
    expect(await refusal({ ticket })).toMatchObject({
      message: "Unauthenticated",
      data: { code: 401, retryable: true },
    });
  });

  it("row 2: closes a connection that sends a ticket of a megabyte", async () => {
    const raw = await RawSocket.open(task);
    raw.send(`40${JSON.stringify({ ticket: "x".repeat(1024 * 1024) })}`);
    await until(() => raw.closed !== undefined, "the connection is closed");
    expect(raw.closed).toEqual({ code: 1009 });
  });

  it("neither keeps nor logs the ticket", async () => {
    const ticket = task.identity.issueTicket(agent());
    const socket = client(task, { auth: { ticket } });
    await new Promise<void>((resolve) => socket.once("connect", resolve));
    expect([...task.realtime.io.sockets.sockets.values()].map(({ handshake }) => handshake.auth)).toEqual([{}]);
    expect(task.lines.join()).not.toContain(ticket);
  });
});

describe("recovery", () => {
  it("row 5, 6: is off: pid and offset do not replace a ticket", async () => {
    const first = await RawSocket.connected(task, task.identity.issueTicket(agent()));
    const welcome = await first.frame((frame) => frame.startsWith("40"));
    const { pid = "guessed" } = JSON.parse(welcome.slice(2)) as { pid?: string };
    expect(pid).toBe("guessed");
    first.close();
    const back = await RawSocket.open(task);
    back.send(`40${JSON.stringify({ pid, offset: "1" })}`);
    expect(await back.frame((frame) => frame.startsWith("4"))).toContain('"code":401');
    back.close();
  });

  it("row 5: refuses a user who was disabled meanwhile", async () => {
    const person = agent();
    const ticket = task.identity.issueTicket(person);
    task.identity.disabled.add(person.userId);
    expect(await refusal({ ticket, pid: "p", offset: "o" })).toMatchObject({ data: { code: 401, retryable: true } });
  });
});

describe("origins", () => {
  const polling = async (headers: Record<string, string>): Promise<Response> => {
    const url = `${task.url}/socket.io/?EIO=4&transport=polling`;
    const answer = await fetch(url, { headers });
    // A session that was made is ended: `1` is Engine.IO's close packet.
    const sid = /"sid":"([^"]+)"/.exec(await answer.text())?.[1];
    if (sid !== undefined) await fetch(`${url}&sid=${sid}`, { method: "POST", body: "1" });
    return answer;
  };
  const upgrade = async (origin: string): Promise<string> => {
    const raw = await RawSocket.open(task, { Origin: origin }).catch(() => undefined);
    raw?.close();
    return raw === undefined ? "refused" : "open";
  };

  it("allows the site's own page, and lets it read polling responses", async () => {
    expect(await upgrade(ORIGIN)).toBe("open");
    const answer = await polling({ Origin: ORIGIN });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe(ORIGIN);
  });

  it.each([
    "https://evil.example",
    "null",
    "https://crm.example.com.evil.example",
    "http://crm.example.com",
    "https://CRM.example.com",
    "https://crm.example.com:8443",
    "https://crm.example.com/",
    "https://xcrm.example.com",
    "",
  ])("row 7, 8, 9: refuses %p", async (origin) => {
    expect(await upgrade(origin)).toBe("refused");
    const answer = await polling({ Origin: origin });
    expect(answer.status).toBe(403);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(task.realtime.openConnections()).toBe(0);
  });

  it("row 9: allows a missing one for polling requests of the site's own page only", async () => {
    expect((await polling({})).status).toBe(403);
    expect((await polling({ "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect((await polling({ "Sec-Fetch-Site": "same-origin" })).status).toBe(200);
  });
});

describe("caps", () => {
  it("row 18: limits the connections of an address, and releases closed ones", async () => {
    const from = (address: string): Promise<RawSocket | undefined> =>
      RawSocket.open(task, { "X-Forwarded-For": `10.0.0.1, ${address}` }).catch(() => undefined);
    const first = await Promise.all(Array.from({ length: 8 }, () => from("203.0.113.7")));
    expect(first.every((raw) => raw !== undefined)).toBe(true);
    expect(await from("203.0.113.7")).toBeUndefined();
    const other = await from("203.0.113.8");
    expect(other).toBeDefined();
    first[0]?.close();
    await until(async () => (await from("203.0.113.7")) !== undefined, "there is room again");
    for (const raw of [...first, other]) raw?.close();
  });

  it("row 18: limits the sockets of a user, from any address", async () => {
    const person = agent();
    const sockets = await Promise.all([1, 2, 3].map(() => connect(task, person)));
    const refused = { message: "Too many connections", data: { code: 429, retryable: true } };
    await expect(connect(task, person)).rejects.toMatchObject(refused);
    sockets[0]?.disconnect();
    await until(() => connect(task, person).then(Boolean, () => false), "there is room again");
  });
});

it("row 16: closes a connection without a handshake", async () => {
  const raw = await RawSocket.open(task);
  await until(() => raw.closed !== undefined, "the connection is closed");
  expect(raw.received).toHaveLength(1);
});

it("row 29: refuses a namespace that does not exist", async () => {
  const raw = await RawSocket.open(task);
  raw.send("40/admin,{}");
  expect(await raw.frame((frame) => frame.startsWith("44"))).toBe('44/admin,{"message":"Invalid namespace"}');
  raw.close();
});
