import { nodeEnvironment } from "../../client/environment";
import { MemoryOutboxStore } from "../../client/memory-outbox-store";
import { MessengerClient, type MessengerClientOptions } from "../../client/messenger-client";
import { socketIoTransport } from "../../client/transport/socket-io";
import { refusal } from "../../protocol";
import { FakeMessenger, until, USER } from "../helpers/fake-messenger";

const timings = { backoff: { baseMs: 10, maxMs: 40 }, connectMs: 2000, ackMs: 300, stableMs: 50, gapMs: 10 };

let server: FakeMessenger;
let conversation: string;
const clients: MessengerClient[] = [];

beforeEach(async () => {
  server = new FakeMessenger();
  await server.listen();
  conversation = crypto.randomUUID();
});

afterEach(async () => {
  for (const each of clients.splice(0)) each.stop();
  await server.close();
});

function client(options: Partial<MessengerClientOptions> = {}): MessengerClient {
  const made = new MessengerClient({
    transport: socketIoTransport({ url: server.url }),
    principal: USER,
    ticket: server.ticket,
    store: new MemoryOutboxStore(),
    environment: nodeEnvironment(),
    timings,
    ...options,
  });
  clients.push(made);
  return made;
}

async function online(options: Partial<MessengerClientOptions> = {}): Promise<MessengerClient> {
  const made = client(options);
  await made.start();
  made.subscribe(conversation);
  await until(() => made.getState().connection.status === "online");
  return made;
}

function bodies(of: MessengerClient): string[] {
  return of.getState().conversations[conversation]?.messages.map(({ body }) => body) ?? [];
}

describe("MessengerClient", () => {
  it("fetches stored messages page by page, and receives new ones", async () => {
    server.pageSize = 3;
    const stored = Array.from({ length: 10 }, (_, index) => server.store(conversation, `${index}`).body);
    const made = await online();
    await until(() => bodies(made).length === 10);
    server.store(conversation, "live");
    await until(() => bodies(made).length === 11);
    expect(bodies(made)).toEqual([...stored, "live"]);
  });

  it("syncs at most 100 conversations in one request", async () => {
    const ids = Array.from({ length: 150 }, () => crypto.randomUUID());
    for (const id of ids) server.store(id, "hello");
    const made = client();
    for (const id of ids) made.subscribe(id);
    await made.start();
    await until(() => ids.every((id) => made.getState().conversations[id]?.messages.length === 1));
    expect(server.syncs.map(({ conversations }) => Object.keys(conversations).length)).toEqual([100, 50]);
  });

  it("shows a message first as outgoing, then as sent, and never twice", async () => {
    server.store(conversation, "before");
    const made = await online();
    await until(() => bodies(made).length === 1);
    const seen = new Set<string>();
    made.subscribeState(() => {
      const view = made.getState().conversations[conversation];
      const all = [...(view?.messages ?? []), ...(view?.outgoing ?? [])].filter(({ body }) => body === "mine");
      seen.add(`${all.length}`);
    });
    await made.send(conversation, "mine");
    await until(() => bodies(made).includes("mine") && made.getState().outgoing.length === 0);
    expect(bodies(made)).toEqual(["before", "mine"]);
    expect([...seen].filter((count) => count !== "0")).toEqual(["1"]);
  });

  it("puts an acknowledged message into its log even when no broadcast comes", async () => {
    server.store(conversation, "before");
    const made = await online();
    await until(() => bodies(made).length === 1);
    server.onSend = () => ({ ok: true, seq: 2, createdAt: "2026-01-01T00:00:00.000Z" });
    await made.send(conversation, "acknowledged");
    await until(() => bodies(made).length === 2);
    expect(made.getState().conversations[conversation]!.messages[1]).toMatchObject({
      body: "acknowledged",
      seq: 2,
      senderId: USER.userId,
      senderName: USER.name,
    });
  });

  it("sends again under the same id when no acknowledgement came, and shows it once", async () => {
    server.store(conversation, "before");
    const made = await online();
    let silent = 2;
    server.onSend = (payload) => {
      if (silent-- <= 0) return undefined;
      // TestDatabase, but the acknowledgement is lost.
      if (server.log.get(conversation)!.length === 1) server.log.get(conversation)!.push(stored(payload));
      return "silence";
    };
    await made.send(conversation, "once");
    await until(() => made.getState().outgoing.length === 0);
    expect(server.received).toHaveLength(3);
    await until(() => bodies(made).length === 2);
    expect(bodies(made)).toEqual(["before", "once"]);
  });

  it("shows what the server has after its database was restored to an earlier time, and goes on", async () => {
    for (const body of ["one", "two", "three", "four"]) server.store(conversation, body);
    const made = client();
    const told: string[] = [];
    made.on({ message: ({ body }) => told.push(body) });
    made.subscribe(conversation);
    await made.start();
    await until(() => bodies(made).length === 4);
    server.log.get(conversation)!.splice(2);
    server.tell("resync", { withinMs: 0 });
    await until(() => bodies(made).length === 2);
    server.store(conversation, "five");
    await until(() => bodies(made).length === 3);
    expect(bodies(made)).toEqual(["one", "two", "five"]);
    expect(told).toEqual(["one", "two", "three", "four", "five"]);
  });

  it("notices a restored database also when others have written since", async () => {
    for (const body of ["one", "two", "three", "four"]) server.store(conversation, body);
    const made = await online();
    await until(() => bodies(made).length === 4);
    server.log.get(conversation)!.splice(2);
    server.store(conversation, "five");
    await until(() => bodies(made).at(-1) === "five");
    expect(bodies(made)).toEqual(["one", "two", "five"]);
  });

  it("notices a restored database after a reconnect also when it has more messages by then", async () => {
    for (const body of ["one", "two", "three", "four"]) server.store(conversation, body);
    const made = await online();
    await until(() => bodies(made).length === 4);
    await server.close();
    server.log.get(conversation)!.splice(2);
    for (const body of ["five", "six", "seven"]) server.store(conversation, body, false);
    await server.listen();
    await until(() => bodies(made).at(-1) === "seven");
    expect(bodies(made)).toEqual(["one", "two", "five", "six", "seven"]);
  });

  describe("offers its own messages again that a restored database no longer has", () => {
    /** Every tab shows four messages, two of them their person's own; then the database has the first one only. */
    async function restored(...stores: MemoryOutboxStore[]): Promise<MessengerClient[]> {
      server.store(conversation, "theirs");
      const tabs = await Promise.all(stores.map((store) => online({ store })));
      for (const body of ["mine", "mine too"]) await tabs[0]!.send(conversation, body);
      server.store(conversation, "theirs again");
      await until(() => tabs.every((tab) => bodies(tab).length === 4));
      server.received.length = 0;
      server.log.get(conversation)!.splice(1);
      return tabs;
    }
    const resync = () => server.tell("resync", { withinMs: 0 });
    const storedBodies = () => server.log.get(conversation)!.map(({ body }) => body);

    it("in their order, under their ids, and only its own", async () => {
      const [tab] = await restored(new MemoryOutboxStore());
      resync();
      await until(() => bodies(tab!).length === 3);
      await until(() => tab!.getState().outgoing.length === 0);
      expect(bodies(tab!)).toEqual(["theirs", "mine", "mine too"]);
      expect(storedBodies()).toEqual(["theirs", "mine", "mine too"]);
      expect(server.received.map(({ body }) => body)).toEqual(["mine", "mine too"]);
    });

    it("in each of several tabs, and the server stores each once", async () => {
      const tabs = await restored(new MemoryOutboxStore(), new MemoryOutboxStore());
      resync();
      await until(() => tabs.every((tab) => bodies(tab).length === 3 && tab.getState().outgoing.length === 0));
      expect(storedBodies().sort()).toEqual(["mine", "mine too", "theirs"]);
    });

    it("but for those that its outbox cannot store", async () => {
      const store = new MemoryOutboxStore();
      const [tab] = await restored(store);
      const add = jest.spyOn(store, "add").mockRejectedValueOnce(new Error("ConstraintError"));
      resync();
      await until(() => bodies(tab!).length === 2);
      expect(bodies(tab!)).toEqual(["theirs", "mine too"]);
      expect(add).toHaveBeenCalledTimes(2);
    });
  });

  it("finds a gap in the sequence and fills it", async () => {
    server.store(conversation, "one");
    const made = await online();
    await until(() => bodies(made).length === 1);
    server.store(conversation, "two", false);
    server.store(conversation, "three");
    await until(() => bodies(made).length === 3);
    expect(bodies(made)).toEqual(["one", "two", "three"]);
  });

  it("syncs when the server says that something may be missing", async () => {
    server.store(conversation, "one");
    const made = await online();
    await until(() => bodies(made).length === 1);
    server.store(conversation, "not told", false);
    server.tell("resync", { withinMs: 20 });
    await until(() => bodies(made).length === 2);
  });

  it("finds messages by the periodic sync when no event announced them", async () => {
    server.store(conversation, "one");
    const made = await online({ timings: { ...timings, periodicSyncMs: 100 } });
    await until(() => bodies(made).length === 1);
    server.store(conversation, "not told", false);
    await until(() => bodies(made).length === 2);
  });

  it("catches up after a reconnect, and sends in order what was written while offline", async () => {
    server.store(conversation, "one");
    const made = await online();
    await until(() => bodies(made).length === 1);
    await server.close();
    await until(() => made.getState().connection.status === "offline");
    server.store(conversation, "missed", false);
    await made.send(conversation, "first");
    await made.send(conversation, "second");
    expect(made.getState().conversations[conversation]!.outgoing.map(({ body }) => body)).toEqual(["first", "second"]);
    await server.listen();
    await until(
      () => bodies(made).length === 4,
      () => bodies(made),
    );
    expect(bodies(made)).toEqual(["one", "missed", "first", "second"]);
  });

  it("reports each message once and in order", async () => {
    server.store(conversation, "0");
    const told: number[] = [];
    const made = client();
    made.on({ message: ({ seq }) => told.push(seq) });
    made.subscribe(conversation);
    await made.start();
    await until(() => told.length === 1);
    for (let index = 1; index < 20; index++) server.store(conversation, `${index}`, index % 3 !== 0);
    server.tell("resync", { withinMs: 1 });
    await until(() => told.length === 20);
    expect(told).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it("forgets a conversation that this person may not see", async () => {
    const made = await online();
    await until(() => made.getState().conversations[conversation] === undefined);
    server.store(conversation, "now it is");
    made.subscribe(conversation);
    await until(() => bodies(made).length === 1);
    server.tell("conversation:removed", { conversationId: conversation });
    await until(() => made.getState().conversations[conversation] === undefined);
  });

  it("loads older messages page by page", async () => {
    for (let index = 1; index <= 5; index++) server.store(conversation, `${index}`);
    const made = client({
      history: (id, before) =>
        Promise.resolve({
          ok: true,
          messages: server.log.get(id)!.slice(Math.max(0, before - 3), before - 1),
          more: true,
        }),
    });
    made.subscribe(conversation, 4);
    await made.start();
    await until(() => bodies(made).length === 1);
    expect(made.getState().conversations[conversation]!.hasEarlier).toBe(true);
    await made.loadEarlier(conversation);
    expect(bodies(made)).toEqual(["3", "4", "5"]);
    await made.loadEarlier(conversation);
    expect(bodies(made)).toEqual(["1", "2", "3", "4", "5"]);
    expect(made.getState().conversations[conversation]!.hasEarlier).toBe(false);
  });

  it("keeps the state the same object until something changes, and a conversation's view until that conversation changes", async () => {
    const other = crypto.randomUUID();
    server.store(conversation, "one");
    server.store(other, "one");
    const made = await online();
    made.subscribe(other);
    await until(() => made.getState().conversations[other]?.messages.length === 1 && bodies(made).length === 1);
    const before = made.getState();
    expect(made.getState()).toBe(before);
    server.store(other, "two");
    await until(() => made.getState().conversations[other]?.messages.length === 2);
    expect(made.getState()).not.toBe(before);
    expect(made.getState().conversations[conversation]).toBe(before.conversations[conversation]);
  });

  it("keeps the outbox when the session ends", async () => {
    server.store(conversation, "one");
    const made = await online();
    await until(() => bodies(made).length === 1);
    server.onSend = () => refusal("UNAUTHENTICATED", "ended");
    server.tell("session:ended", { reason: "expired" });
    await until(() => made.getState().connection.status === "ended");
    await made.send(conversation, "kept");
    server.onSend = undefined;
    made.reconnect();
    await until(() => bodies(made).includes("kept"));
  });
});

function stored(payload: { conversationId: string; clientMessageId: string; body: string }) {
  const { userId: senderId, kind: senderKind, name: senderName } = USER;
  return { ...payload, seq: 2, senderId, senderKind, senderName, createdAt: "2026-01-01T00:00:00.000Z" };
}
