import { randomUUID } from "node:crypto";
import { type Socket } from "socket.io-client";
import { ANY_AGENT_ID, type ClientEvent, clientEvents, MAX_BODY_CODE_POINTS, type Message } from "../../protocol";
import { MemoryLog } from "../helpers/memory-log";
import { RawSocket } from "../helpers/raw-socket";
import { agent } from "../helpers/principals";
import { ask, closeClients, collect, connect, startTask, type Task, until } from "../helpers/task";

const messages = new MemoryLog();
let task: Task;
/** A member of `conversationId`, who has joined, and somebody who is none. */
let member: Socket;
let stranger: Socket;
const conversationId = randomUUID();
const person = agent();

beforeAll(async () => {
  task = await startTask({ messages });
  messages.admit(conversationId, person);
});
beforeEach(async () => {
  [member, stranger] = await Promise.all([connect(task, person), connect(task, agent())]);
  await ask(member, "sync", { conversations: { [conversationId]: 0 } });
});
afterEach(() => {
  closeClients();
  RawSocket.closeAll();
  messages.unavailable = false;
});
afterAll(() => task.close());

function text(body = "hello"): { conversationId: string; clientMessageId: string; body: string } {
  return { conversationId, clientMessageId: randomUUID(), body };
}

describe("message:send", () => {
  it("is acknowledged with its seq and reaches every subscriber", async () => {
    const received = collect(member, "message");
    const message = text();
    const answer = await ask(member, "message:send", message);
    expect(answer).toEqual({ ok: true, seq: expect.any(Number) as number, createdAt: expect.any(String) as string });
    await until(() => received.length === 1, "the message arrives");
    expect(received[0]).toMatchObject({ ...message, seq: answer["seq"], senderId: person.userId });
  });

  it("row 24: ignores what the client says about the sender", async () => {
    const forged = { ...text(), senderId: randomUUID(), createdAt: "2001-01-01", seq: 1 };
    expect(await ask(member, "message:send", forged)).toMatchObject({ ok: false, code: "INVALID", retryable: false });
  });

  it("row 30: stores a retry once, acknowledges it alike, and sends it to subscribers again", async () => {
    const received = collect(member, "message");
    const message = text();
    const first = await ask(member, "message:send", message);
    expect(await ask(member, "message:send", message)).toEqual(first);
    expect(messages.stored.filter(({ clientMessageId }) => clientMessageId === message.clientMessageId)).toHaveLength(
      1,
    );
    await until(() => received.length === 2, "it is handed out twice");
    expect(await ask(member, "message:send", { ...message, body: "other" })).toMatchObject({ code: "CONFLICT" });
  });

  it.each([
    ["nothing", "", false],
    ["white space", " \n\t", false],
    ["one too many", "x".repeat(MAX_BODY_CODE_POINTS + 1), false],
    ["emoji up to the limit", "😀".repeat(MAX_BODY_CODE_POINTS), true],
    ["emoji past the limit", "😀".repeat(MAX_BODY_CODE_POINTS + 1), false],
    ["NUL", "a\0b", false],
  ])("row 31: of %s", async (_what, body, ok) => {
    expect(await ask(member, "message:send", text(body))).toMatchObject(ok ? { ok } : { ok, code: "INVALID" });
  });

  it("keeps one sender's order although the store answers out of order", async () => {
    const received = collect(member, "message");
    let delayMs = 60;
    messages.delay = () => new Promise((resolve) => setTimeout(resolve, (delayMs -= 12)));
    await Promise.all(["1", "2", "3", "4"].map((body) => ask(member, "message:send", text(body))));
    messages.delay = () => Promise.resolve();
    expect(received.map(({ body }) => body)).toEqual(["1", "2", "3", "4"]);
  });

  it("row 38: is never acknowledged as stored while the database is unavailable", async () => {
    messages.unavailable = true;
    expect(await ask(member, "message:send", text())).toMatchObject({ code: "UNAVAILABLE", retryable: true });
    messages.unavailable = false;
    expect(await ask(member, "message:send", text())).toMatchObject({ ok: true });
  });
});

describe("sync", () => {
  it("returns the messages after a seq, and the head", async () => {
    const { seq } = (await ask(member, "message:send", text("the newest"))) as { seq: number };
    const answer = await ask(member, "sync", { conversations: { [conversationId]: seq - 1 } });
    expect(answer).toMatchObject({
      ok: true,
      conversations: { [conversationId]: { ok: true, headSeq: seq, more: false, messages: [{ body: "the newest" }] } },
    });
  });

  it("row 22: sends no message to a client whose authorization is still being checked", async () => {
    const heard = collect(stranger, "message");
    let release = (): void => undefined;
    messages.delay = () => new Promise<void>((resolve) => (release = resolve));
    const answer = ask(stranger, "sync", { conversations: { [conversationId]: 0 } });
    await until(() => task.realtime.inFlight.count === 1, "the question is under way");
    task.realtime.notifier.message({ ...text("secret"), seq: 9 } as unknown as Message);
    messages.delay = () => Promise.resolve();
    release();
    expect(await answer).toMatchObject({ conversations: { [conversationId]: { ok: false, code: "NOT_FOUND" } } });
    expect(heard).toEqual([]);
  });
});

/** What each event asks for, about a conversation. An event that is missing here does not compile. */
const ABOUT: { readonly [E in ClientEvent]: ((conversationId: string) => object) | undefined } = {
  "message:send": (id) => ({ ...text(), conversationId: id }),
  sync: (id) => ({ conversations: { [id]: 0 } }),
  unsubscribe: (id) => ({ conversationId: id }),
  typing: (id) => ({ conversationId: id }),
  read: (id) => ({ conversationId: id, seq: 1 }),
  "session:refresh": undefined,
};

describe.each(Object.entries(ABOUT).filter(([, payload]) => payload !== undefined))("%s", (event, payload) => {
  const neutral = (answer: unknown, id: string): string => JSON.stringify(answer).replaceAll(id, "ID");

  it("row 22: treats a stranger as if the conversation did not exist, and notifies nobody", async () => {
    const heard: unknown[] = [];
    member.onAny((name) => heard.push(name));
    const absent = randomUUID();
    const ofAnother = neutral(await ask(stranger, event, payload?.(conversationId)), conversationId);
    const ofNone = neutral(await ask(stranger, event, payload?.(absent)), absent);
    expect(ofAnother).toBe(ofNone);
    if (event !== "unsubscribe") expect(ofAnother).toContain("NOT_FOUND");
    await ask(member, "unsubscribe", { conversationId: absent });
    expect(heard).toEqual([]);
  });
});

describe("members", () => {
  it("typing of an agent reaches the customer without saying which, and that of the customer every agent", async () => {
    const { userId } = agent();
    const customer = {
      kind: "visitor",
      userId,
      name: "客",
      conversationId,
      sessionId: userId,
      expiresAt: person.expiresAt,
    } as const;
    const colleague = agent();
    for (const each of [customer, colleague]) messages.admit(conversationId, each);
    const [visitor, other] = await Promise.all([connect(task, customer), connect(task, colleague)]);
    for (const socket of [visitor, other]) await ask(socket, "sync", { conversations: { [conversationId]: 0 } });
    const [seenByVisitor, seenByOther] = [collect(visitor, "typing"), collect(other, "typing")];
    await ask(member, "typing", { conversationId });
    await until(() => seenByVisitor.length === 1 && seenByOther.length === 1, "both hear of it");
    expect(seenByVisitor).toEqual([{ conversationId, userId: ANY_AGENT_ID, name: "" }]);
    expect(seenByOther).toEqual([{ conversationId, userId: person.userId, name: person.name }]);
    await ask(visitor, "typing", { conversationId });
    await until(() => seenByOther.length === 2, "the agent hears of it");
    expect(seenByOther[1]).toEqual({ conversationId, userId, name: "客" });
    expect(seenByVisitor).toHaveLength(1);
  });

  it("typing and read reach the other subscribers", async () => {
    const other = agent();
    messages.admit(conversationId, other);
    const second = await connect(task, other);
    await ask(second, "sync", { conversations: { [conversationId]: 0 } });
    const [typing, read] = [collect(second, "typing"), collect(second, "read")];
    await ask(member, "typing", { conversationId });
    await ask(member, "read", { conversationId, seq: 1 });
    await until(() => typing.length + read.length === 2, "both arrive");
    expect(typing).toEqual([{ conversationId, userId: person.userId, name: person.name }]);
    expect(read).toEqual([{ conversationId, userId: person.userId, seq: 1 }]);
  });

  it("row 23: a removed member is told, and receives no later message", async () => {
    const other = agent();
    messages.admit(conversationId, other);
    const second = await connect(task, other);
    await ask(second, "sync", { conversations: { [conversationId]: 0 } });
    const [heard, removed] = [collect(second, "message"), collect(second, "conversation:removed")];
    messages.remove(conversationId, other);
    task.realtime.notifier.removeFromConversation(other.userId, conversationId);
    await ask(member, "message:send", text("after"));
    await until(() => removed.length === 1, "the word arrives");
    await ask(second, "unsubscribe", { conversationId: randomUUID() });
    expect(heard).toEqual([]);
    expect(await ask(second, "typing", { conversationId })).toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("session:refresh", () => {
  it("extends the session with a ticket of the same session", async () => {
    const later = { ...person, expiresAt: person.expiresAt + 600 };
    const answer = await ask(member, "session:refresh", { ticket: task.identity.issueTicket(later) });
    expect(answer).toEqual({ ok: true, expiresAt: new Date(later.expiresAt * 1000).toISOString() });
  });

  it.each([
    ["another person", () => task.identity.issueTicket(agent())],
    ["another session", () => task.identity.issueTicket({ ...person, sessionId: randomUUID() })],
    ["nobody", () => Promise.resolve("x.y.z")],
  ])("row 6: refuses the ticket of %s", async (_who, ticket) => {
    expect(await ask(member, "session:refresh", { ticket: await ticket() })).toMatchObject({
      code: "UNAUTHENTICATED",
      retryable: false,
    });
  });
});

describe("row 15: nothing that a client sends throws", () => {
  const events = [...Object.keys(clientEvents), "nonsense", "__proto__", "toString", "constructor", "error", "message"];
  const payloads: unknown[][] = [
    [],
    [null],
    [7],
    ["text"],
    [true],
    [[]],
    [{}],
    [{ conversationId: { $ne: 1 } }],
    [{ conversations: { constructor: 1 } }],
    Array.from({ length: 100 }, () => ({})),
    [JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')],
  ];

  it.each(events)("%s", async (event) => {
    const socket = await connect(task, agent());
    for (const payload of payloads) {
      expect(await ask(socket, event, ...payload)).toMatchObject({ ok: false });
      socket.emit(event, ...payload);
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(await ask(socket, "unsubscribe", { conversationId })).toHaveProperty("ok");
    expect(member.connected).toBe(true);
  });

  it("row 14: an array of 10 000 levels, or a number as a name", async () => {
    const raw = await RawSocket.connected(task, task.identity.issueTicket(agent()));
    raw.send(`421["message:send",${"[".repeat(10_000)}${"]".repeat(10_000)}]`);
    expect(await raw.frame((frame) => frame.startsWith("431"))).toContain("INVALID");
    raw.send("422[7,{}]");
    expect(await raw.frame((frame) => frame.startsWith("432"))).toContain("INVALID");
  });

  it("row 14: there is no conversation called __proto__", async () => {
    const answer = await ask(member, "sync", JSON.parse('{"conversations":{"__proto__":1}}'));
    expect(answer).toEqual({ ok: true, conversations: {} });
  });

  it("a handler's error is answered and logged with an id, without the message's text", async () => {
    messages.delay = () => Promise.reject(new TypeError("a fault of ours"));
    const answer = await ask(member, "message:send", text("a private word"));
    messages.delay = () => Promise.resolve();
    expect(answer).toMatchObject({ code: "INTERNAL", retryable: true });
    const id = /\((.+)\)/.exec(String(answer["message"]))?.[1];
    expect(task.lines.find((line) => line.includes(String(id)))).toContain("a fault of ours");
    expect(task.lines.join()).not.toContain("a private word");
  });
});

describe("row 12: malformed packets end the connection and nothing else", () => {
  it.each([
    "4abc",
    '42["message"',
    "42{}",
    "42[null]",
    '42["disconnect"]',
    "49",
    '40{"ticket":"x"}',
    "4",
    "44{}",
    "42/other,[1]",
  ])("%s", async (frame) => {
    const raw = await RawSocket.connected(task, task.identity.issueTicket(agent()));
    raw.send(frame);
    await until(() => raw.closed !== undefined, "the connection is closed");
    expect(member.connected).toBe(true);
  });

  it("an event before the handshake", async () => {
    const raw = await RawSocket.open(task);
    raw.send('42["typing",{}]');
    await until(() => raw.closed !== undefined, "the connection is closed");
  });

  it.each(["451-", "4510-", "4511-", "461-"])(
    "row 13: %s announces attachments, which we have none of",
    async (start) => {
      const raw = await RawSocket.connected(task, task.identity.issueTicket(agent()));
      raw.send(`${start}["message:send",{"_placeholder":true,"num":0}]`);
      await until(() => raw.closed !== undefined, "the connection is closed");
    },
  );

  it("row 11: a packet over the limit", async () => {
    const raw = await RawSocket.connected(task, task.identity.issueTicket(agent()));
    raw.send(`42["message:send",${"x".repeat(70_000)}]`);
    await until(() => raw.closed !== undefined, "the connection is closed");
    expect(raw.closed).toEqual({ code: 1009 });
  });
});

it("row 21: offers no compression", async () => {
  const raw = await RawSocket.open(task, { "Sec-WebSocket-Extensions": "permessage-deflate" });
  expect(raw.ws.extensions).toBe("");
});
