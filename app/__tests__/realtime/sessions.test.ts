import { randomUUID } from "node:crypto";
import { Connection } from "../../client/connection";
import { nodeEnvironment } from "../../client/environment";
import { type Answer } from "../../client/rest-client";
import { DEFAULT_TIMINGS } from "../../client/timings";
import { socketIoTransport } from "../../client/transport/socket-io";
import { contract } from "../../contract";
import { refusal, type SocketTicket, TICKET_LIFE_SEC, type TicketAnswer } from "../../protocol";
import { type VisitorPrincipal } from "../../server/domain/principal";
import { MESSAGES_PER_SOCKET, PER_PERSON } from "../../server/limits/limits";
import { type RealtimeOptions } from "../../server/realtime/realtime-server";
import { DatabaseUnavailable } from "../../server/domain/ports/errors";
import { MemoryLog } from "../helpers/memory-log";
import { RawSocket } from "../helpers/raw-socket";
import { agent } from "../helpers/principals";
import { ask, client, closeClients, collect, connect, ORIGIN, startTask, type Task, until } from "../helpers/task";

const messages = new MemoryLog();
let task: Task;

beforeAll(async () => {
  task = await startTask({ messages });
});
afterEach(async () => {
  closeClients();
  RawSocket.closeAll();
  for (const close of closers.splice(0)) await close();
});
afterAll(() => task.close());

const closers: (() => Promise<void> | void)[] = [];

async function taskSweeping(sweep: NonNullable<RealtimeOptions["sweep"]>): Promise<Task> {
  const started = await startTask({ messages, realtime: { sweep } });
  closers.push(() => started.close());
  return started;
}

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

describe("the end of a session", () => {
  it("row 3: at its expiry, tells the reason, closes the socket and refuses later events", async () => {
    const person = agent({ expiresAt: inSeconds(2) });
    const conversationId = randomUUID();
    messages.admit(conversationId, person);
    const socket = await connect(task, person);
    const ended = collect(socket, "session:ended");
    await until(() => !socket.connected, "the socket is closed");
    expect(Date.now()).toBeGreaterThanOrEqual(person.expiresAt * 1000);
    expect(ended).toEqual([{ reason: "expired" }]);
  });

  it("row 3: refuses events from that moment on, even before the socket is closed", async () => {
    const slow = await taskSweeping({ intervalMs: 60_000 });
    const person = agent({ expiresAt: inSeconds(1) });
    const conversationId = randomUUID();
    messages.admit(conversationId, person);
    const socket = await connect(slow, person);
    await until(() => Date.now() > person.expiresAt * 1000, "the session has expired");
    const message = { conversationId, clientMessageId: randomUUID(), body: "late" };
    expect(await ask(socket, "message:send", message)).toMatchObject({ code: "UNAUTHENTICATED" });
    expect(messages.stored.some(({ body }) => body === "late")).toBe(false);
  });

  it("row 3: is postponed by a new ticket", async () => {
    const person = agent({ expiresAt: inSeconds(2) });
    const socket = await connect(task, person);
    const ticket = task.identity.issueTicket({ ...person, expiresAt: inSeconds(600) });
    expect(await ask(socket, "session:refresh", { ticket })).toMatchObject({ ok: true });
    await until(() => Date.now() > person.expiresAt * 1000 + 300, "the old end has passed");
    expect(socket.connected).toBe(true);
  });

  it("row 4: closes every socket of the ended session, and no other socket of the user", async () => {
    const person = agent();
    const other = { ...person, sessionId: randomUUID() };
    const [first, second, kept] = await Promise.all([
      connect(task, person),
      connect(task, person),
      connect(task, other),
    ]);
    const ended = collect(first, "session:ended");
    task.realtime.notifier.endSession(person.sessionId);
    await until(() => !first.connected && !second.connected, "both are closed");
    expect(ended).toEqual([{ reason: "signed-out" }]);
    expect(kept.connected).toBe(true);
    task.realtime.notifier.endUser(person.userId);
    await until(() => !kept.connected, "the last one is closed too");
  });

  it("row 4: is found in the database at the next check when the notice was lost", async () => {
    const [person, other] = [agent(), agent()];
    const [socket, kept] = await Promise.all([connect(task, person), connect(task, other)]);
    const ended = collect(socket, "session:ended");
    task.identity.disabled.add(person.userId);
    await until(() => !socket.connected, "the socket is closed");
    expect(ended).toEqual([{ reason: "disabled" }]);
    expect(kept.connected).toBe(true);
  });

  it("asks the database once for all sockets", async () => {
    await Promise.all(Array.from({ length: 20 }, () => connect(task, agent())));
    const asked = task.identity.asked;
    await until(() => task.identity.asked > asked, "it was asked again");
    expect(task.identity.asked - asked).toBeLessThan(5);
  });
});

describe("reconnect tickets", () => {
  const given = async (socket: Awaited<ReturnType<typeof connect>>) =>
    new Promise<SocketTicket>((resolve) => socket.once("session:ticket", resolve));
  const OFTEN = { intervalMs: 20, recheckMs: 200, ticketMs: 150 };

  it("are sent repeatedly, each for the same session", async () => {
    const often = await taskSweeping(OFTEN);
    const person = agent();
    const socket = await connect(often, person);
    const first = await given(socket);
    const second = await given(socket);
    for (const { ticket, sessionExpiresAt } of [first, second]) {
      expect(often.identity.verifyTicket(ticket)).toEqual(person);
      expect(Date.parse(sessionExpiresAt)).toBe(person.expiresAt * 1000);
    }
    const back = client(often, { auth: { ticket: second.ticket } });
    await new Promise<void>((resolve) => back.once("connect", resolve));
  });

  it("let the app's own client reconnect while it can get no other ticket", async () => {
    const often = await taskSweeping(OFTEN);
    const person = agent();
    const first: TicketAnswer = {
      ok: true,
      ticket: often.identity.issueTicket(person),
      principal: { kind: "agent", userId: person.userId, name: person.name },
      sessionExpiresAt: new Date(person.expiresAt * 1000).toISOString(),
    };
    const answers: Answer<TicketAnswer>[] = [first];
    const states: string[] = [];
    let now = Date.now();
    const connection = new Connection({
      transport: socketIoTransport({
        url: often.url,
        path: contract.container.socket.path,
        socketOptions: { extraHeaders: { Origin: ORIGIN } },
      }),
      ticket: () => Promise.resolve(answers.shift() ?? refusal("UNAVAILABLE", "The database is away.")),
      environment: { ...nodeEnvironment(), now: () => now },
      timings: { ...DEFAULT_TIMINGS, backoff: { baseMs: 20, maxMs: 40 } },
      onState: ({ status }) => states.push(status),
      onEvent: () => undefined,
    });
    closers.push(() => connection.stop());
    connection.start();
    await until(() => connection.online, "it is connected");
    // What it fetched is too old from now on.
    now += TICKET_LIFE_SEC * 1000;
    const issued = jest.spyOn(often.identity, "issueTicket");
    await until(() => issued.mock.calls.length > 0, "another one was given");
    // Whatever was sent before this answer has arrived with it.
    await connection.request("unsubscribe", { conversationId: randomUUID() });
    often.realtime.closeConnections(1);
    await until(() => states.includes("offline") && connection.online, "it is back");
  });

  it("contain the expiry of an extended session", async () => {
    const often = await taskSweeping(OFTEN);
    const person = agent({ expiresAt: inSeconds(60) });
    const socket = await connect(often, person);
    expect(often.identity.verifyTicket((await given(socket)).ticket)).toEqual(person);
    const later = { ...person, expiresAt: inSeconds(600) };
    const ticket = often.identity.issueTicket(later);
    expect(await ask(socket, "session:refresh", { ticket })).toMatchObject({ ok: true });
    expect(often.identity.verifyTicket((await given(socket)).ticket)).toEqual(later);
  });

  it("are not sent right after the handshake, nor to all new connections at the same moment", async () => {
    const spread = await taskSweeping({ intervalMs: 10, recheckMs: 60_000, ticketMs: 3000 });
    const came = performance.now();
    const sockets = await Promise.all(Array.from({ length: 20 }, () => connect(spread, agent())));
    const moments = await Promise.all(sockets.map(async (socket) => given(socket).then(() => performance.now())));
    expect(Math.min(...moments) - came).toBeGreaterThan(900);
    expect(Math.max(...moments) - Math.min(...moments)).toBeGreaterThan(500);
  });

  it("are not sent before the database has confirmed that the session is active", async () => {
    const silent = await taskSweeping({ intervalMs: 10, ticketMs: 30 });
    const asked = jest.spyOn(silent.identity, "ended").mockRejectedValue(new DatabaseUnavailable("away"));
    const socket = await connect(silent, agent());
    const tickets = collect(socket, "session:ticket");
    await until(() => asked.mock.calls.length > 10, "it was asked more than once");
    expect(tickets).toEqual([]);
    asked.mockRestore();
    await until(() => tickets.length > 0, "a ticket comes");
  });
});

describe("row 19: a flood", () => {
  it("is refused, then ended for good, and reaches nobody", async () => {
    const person = agent();
    const conversationId = randomUUID();
    messages.admit(conversationId, person);
    const socket = await connect(task, person);
    const ended = collect(socket, "session:ended");
    const answers: Record<string, unknown>[] = [];
    const before = messages.stored.length;
    for (let i = 0; i < 1000; i++) {
      const message = { conversationId, clientMessageId: randomUUID(), body: String(i) };
      socket.emit("message:send", message, (answer: Record<string, unknown>) => answers.push(answer));
    }
    await until(() => !socket.connected, "the socket is closed");
    expect(ended).toEqual([{ reason: "flooding" }]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(MESSAGES_PER_SOCKET.points);
    expect(answers.find(({ ok }) => ok === false)).toMatchObject({
      code: "RATE_LIMITED",
      retryable: true,
      retryAfterMs: expect.any(Number) as number,
    });
    expect(messages.stored.length - before).toBe(MESSAGES_PER_SOCKET.points);
  });

  it("of one socket does not affect another", async () => {
    const [loud, quiet] = await Promise.all([connect(task, agent()), connect(task, agent())]);
    for (let i = 0; i < 1000; i++) loud.emit("typing", { conversationId: randomUUID() });
    expect(await ask(quiet, "unsubscribe", { conversationId: randomUUID() })).toEqual({ ok: true });
  });
});

describe("many sockets of one person, each within its own limit,", () => {
  const SOCKETS = 20;
  const customer = (): VisitorPrincipal => {
    const { userId, name, sessionId, expiresAt } = agent();
    return { kind: "visitor", conversationId: randomUUID(), userId, name, sessionId, expiresAt };
  };
  let now = 0;
  let timeless: Task;
  beforeAll(async () => {
    timeless = await startTask({ messages, realtime: { caps: { personClock: () => now } } });
  });
  afterAll(() => timeless.close());

  it.each([
    ["typing", "events", 20],
    ["read", "events", 20],
    ["sync", "events", 20],
    ["message:send", "messages", 8],
  ] as const)("have one limit together: %s", async (event, counted, each) => {
    const person = customer();
    const { conversationId } = person;
    messages.admit(conversationId, person);
    const sockets = await Promise.all(Array.from({ length: SOCKETS }, () => connect(timeless, person)));
    const payload = {
      typing: { conversationId },
      read: { conversationId, seq: 0 },
      sync: { conversations: { [conversationId]: 0 } },
      "message:send": { conversationId, clientMessageId: randomUUID(), body: "again and again" },
    }[event];
    now += 1000;
    const answers = await Promise.all(
      sockets.flatMap((socket) => Array.from({ length: each }, () => ask(socket, event, payload))),
    );
    const limited = answers.filter(({ code }) => code === "RATE_LIMITED");
    expect(answers.length - limited.length).toBe(PER_PERSON[counted]);
    expect(limited[0]).toMatchObject({ retryable: true, retryAfterMs: 1000 });
    expect(sockets.every(({ connected }) => connected)).toBe(true);
    expect(await ask(await connect(timeless, customer()), "unsubscribe", { conversationId })).toEqual({ ok: true });
    now += 1000;
    const later = await ask(await connect(timeless, person), event, payload);
    expect(later["code"]).not.toBe("RATE_LIMITED");
  });
});

it("row 20: a client that does not read is disconnected, and memory stays bounded", async () => {
  const person = agent();
  const conversationId = randomUUID();
  messages.admit(conversationId, person);
  const raw = await RawSocket.connected(task, task.identity.issueTicket(person));
  raw.send(`421["sync",{"conversations":{"${conversationId}":0}}]`);
  await raw.frame((frame) => frame.startsWith("431"));
  raw.ws.pause();
  const busy = setInterval(() => {
    for (let i = 0; i < 50; i++) {
      task.realtime.notifier.message({
        conversationId,
        seq: i,
        clientMessageId: "c",
        senderKind: "agent",
        senderId: "s",
        senderName: "n",
        body: "x".repeat(20_000),
        createdAt: new Date().toISOString(),
      });
    }
  }, 10);
  await until(() => task.realtime.openConnections() === 0, "the connection is cut");
  clearInterval(busy);
  expect(task.lines.join()).toContain("cut a connection that does not read");
});

it("logs each connection with the metric filter's line, without a name", async () => {
  await connect(task, agent({ name: "Somebody Private" }));
  expect(task.lines.join()).toContain('"msg":"[WebSocket] Client connected"');
  expect(task.lines.join()).not.toContain("Somebody Private");
});
