import { randomUUID } from "node:crypto";
import { DatabaseUnavailable } from "../../server/domain/ports/errors";
import { type Revocation, REVOCATION_MS, type RevocationFeed, Revocations } from "../../server/realtime/revocations";
import { SessionCheck } from "../../server/realtime/session-check";
import { MemoryIdentity } from "../helpers/memory-identity";
import { MemoryLog } from "../helpers/memory-log";
import { agent } from "../helpers/principals";
import { ask, client, closeClients, connect, startTask, type Task, until } from "../helpers/task";

afterEach(closeClients);

describe("what one task knows of ended sessions", () => {
  let now: number;
  const clock = () => now;
  beforeEach(() => (now = 1_000_000));

  it("is kept as long as a ticket may be valid, and no longer", () => {
    const revocations = new Revocations(undefined, clock);
    const [signedOut, disabled] = [agent(), agent()];
    revocations.revoke("signed-out", signedOut.sessionId);
    revocations.revoke("disabled", disabled.userId);
    expect(revocations.find(signedOut)).toBe("signed-out");
    expect(revocations.find(disabled)).toBe("disabled");
    expect(revocations.find(agent())).toBeUndefined();
    expect(revocations.find({ ...signedOut, sessionId: "another" })).toBeUndefined();
    now += REVOCATION_MS;
    expect(revocations.find(signedOut)).toBeUndefined();
    expect(revocations.find(disabled)).toBeUndefined();
  });

  it("does not cover what ended before a single task started", () => {
    const revocations = new Revocations(undefined, clock);
    expect(revocations.isComplete()).toBe(false);
    now += REVOCATION_MS;
    expect(revocations.isComplete()).toBe(true);
  });

  it("comes from the other tasks too, and is as complete as their feed is current", () => {
    const [published, listeners]: [Revocation[], ((revocation: Revocation) => void)[]] = [[], []];
    let current = false;
    const feed: RevocationFeed = {
      isCurrent: () => current,
      publish: (revocation) => published.push(revocation),
      listen: (listener) => listeners.push(listener),
    };
    const revocations = new Revocations(feed, clock);
    const person = agent();
    listeners[0]?.({ reason: "signed-out", id: person.sessionId, until: now + 1 });
    expect(revocations.find(person)).toBe("signed-out");
    revocations.revoke("disabled", person.userId);
    expect(published).toEqual([{ reason: "disabled", id: person.userId, until: now + REVOCATION_MS }]);
    expect(revocations.isComplete()).toBe(false);
    current = true;
    expect(revocations.isComplete()).toBe(true);
  });
});

describe("SessionCheck", () => {
  it("asks once about the sessions of one turn", async () => {
    const identity = new MemoryIdentity();
    const check = new SessionCheck(identity);
    const [well, gone] = [agent(), agent()];
    identity.signedOut.add(gone.sessionId);
    expect(await Promise.all([check.ask(well), check.ask(gone), check.ask(well)])).toEqual([
      "active",
      "signed-out",
      "active",
    ]);
    expect(identity.asked).toBe(1);
  });

  it("does not know when the database fails or takes too long", async () => {
    const identity = new MemoryIdentity();
    const ended = jest.spyOn(identity, "ended").mockRejectedValueOnce(new DatabaseUnavailable("away"));
    const check = new SessionCheck(identity, 20);
    expect(await check.ask(agent())).toBe("unknown");
    ended.mockReturnValueOnce(new Promise(() => undefined));
    expect(await check.ask(agent())).toBe("unknown");
    expect(await check.ask(agent())).toBe("active");
  });
});

describe("a handshake while neither the other tasks nor the database can tell", () => {
  const messages = new MemoryLog();
  let task: Task;
  beforeAll(async () => (task = await startTask({ messages })));
  afterAll(() => task.close());

  it("is accepted, but its events are refused until the database has confirmed the session", async () => {
    const person = agent();
    const conversationId = randomUUID();
    messages.admit(conversationId, person);
    const away = jest.spyOn(task.identity, "ended").mockRejectedValue(new DatabaseUnavailable("away"));
    const socket = await connect(task, person);
    const sync = () => ask(socket, "sync", { conversations: { [conversationId]: 0 } });
    const message = { conversationId, clientMessageId: randomUUID(), body: "too early" };
    expect(await sync()).toMatchObject({ code: "UNAVAILABLE", retryable: true });
    expect(await ask(socket, "message:send", message)).toMatchObject({ code: "UNAVAILABLE", retryable: true });
    away.mockRestore();
    await until(async () => (await sync())["ok"] === true, "it is confirmed");
    expect(messages.stored).toEqual([]);
  });

  it("is closed without having read anything when the session turns out to have ended", async () => {
    const person = agent();
    const away = jest.spyOn(task.identity, "ended").mockRejectedValue(new DatabaseUnavailable("away"));
    const socket = await connect(task, person);
    const ended = new Promise((resolve) => socket.once("session:ended", resolve));
    task.identity.signedOut.add(person.sessionId);
    away.mockRestore();
    expect(await ended).toEqual({ reason: "signed-out" });
    // From now on the task knows it, so that the ticket opens no other connection, even without the database.
    jest.spyOn(task.identity, "ended").mockRejectedValue(new DatabaseUnavailable("away"));
    const again = client(task, { auth: { ticket: task.identity.issueTicket(person) } });
    const refused = await new Promise<Error>((resolve) => again.once("connect_error", resolve));
    expect(refused).toMatchObject({ data: { code: 401 } });
  });
});
