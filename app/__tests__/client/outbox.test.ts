import "fake-indexeddb/auto";
import { type ClientEnvironment, nodeEnvironment } from "../../client/environment";
import { type Channel, IndexedOutboxStore } from "../../client/indexed-outbox-store";
import { MemoryOutboxStore } from "../../client/memory-outbox-store";
import { Outbox, type OutboxOptions } from "../../client/outbox";
import { type OutboxStore } from "../../client/outbox-store";
import { DEFAULT_TIMINGS } from "../../client/timings";
import { type Acknowledgement, type ClientPayload, refusal } from "../../protocol";
import { until } from "../helpers/fake-messenger";

type Sent = ClientPayload<"message:send">;
type Result = Acknowledgement<"message:send">;

const timings = { ...DEFAULT_TIMINGS, backoff: { baseMs: 10, maxMs: 20 } };
/** An environment in which no backoff ends within a test: each lasts an hour. */
const slow = (): ClientEnvironment => ({ ...nodeEnvironment(), random: () => 360_000 });
const CONVERSATION = "c1";

class FakeServer {
  readonly sent: Sent[] = [];
  online = true;
  /** Answers, used up one by one; then everything is accepted. */
  answers: (Result | Promise<Result>)[] = [];

  readonly send = async (message: Sent): Promise<Result> => {
    this.sent.push(message);
    return (await this.answers.shift()) ?? { ok: true, seq: this.sent.length, createdAt: "2026-01-01T00:00:00Z" };
  };
}

const outboxes: Outbox[] = [];
const stores: OutboxStore[] = [];

function outbox(server: FakeServer, store: OutboxStore, environment: ClientEnvironment = nodeEnvironment()): Outbox {
  const options: OutboxOptions = {
    store,
    owner: "u1",
    online: () => server.online,
    send: server.send,
    onSent: () => undefined,
    onChange: () => undefined,
    environment,
    timings,
  };
  const made = new Outbox(options);
  outboxes.push(made);
  return made;
}

function bodies(server: FakeServer): string[] {
  return server.sent.map(({ body }) => body);
}

let number = 0;

/** The stores of several tabs of one person, each person a new one. */
function tabs(count: number): IndexedOutboxStore[] {
  const user = `user-${++number}`;
  const made = Array.from({ length: count }, () => new IndexedOutboxStore(user, (name) => broadcast(name)));
  stores.push(...made);
  return made;
}

function broadcast(name: string): Channel {
  return new BroadcastChannel(name);
}

afterEach(() => {
  for (const each of outboxes.splice(0)) each.stop();
  for (const each of stores.splice(0)) each.close();
});

describe.each([
  ["in memory", () => new MemoryOutboxStore()],
  ["in IndexedDB", () => tabs(1)[0]!],
])("Outbox %s", (_, store) => {
  it("sends in the order of writing, one message of a conversation at a time", async () => {
    const server = new FakeServer();
    let release: (result: Result) => void = () => undefined;
    server.answers = [new Promise((resolve) => (release = resolve))];
    const box = outbox(server, store());
    await box.start();
    for (const body of ["one", "two", "three"]) await box.add(CONVERSATION, body);
    await until(() => server.sent.length > 0);
    await box.add("another", "elsewhere");
    await until(() => server.sent.length === 2);
    expect(bodies(server)).toEqual(["one", "elsewhere"]);
    release({ ok: true, seq: 1, createdAt: "2026-01-01T00:00:00Z" });
    await until(() => box.items.length === 0);
    expect(bodies(server)).toEqual(["one", "elsewhere", "two", "three"]);
  });

  it("sends the same id again until it is acknowledged", async () => {
    const server = new FakeServer();
    server.answers = Array.from({ length: 12 }, () => refusal("UNAVAILABLE", "later"));
    const box = outbox(server, store());
    await box.start();
    const { clientMessageId } = await box.add(CONVERSATION, "again");
    await until(() => box.items.length === 0);
    expect(server.sent).toHaveLength(13);
    expect(new Set(server.sent.map((message) => message.clientMessageId))).toEqual(new Set([clientMessageId]));
  });

  it("ends a backoff as soon as another message is accepted", async () => {
    const server = new FakeServer();
    server.answers = [refusal("UNAVAILABLE", "later")];
    const box = outbox(server, store(), slow());
    await box.start();
    await box.add(CONVERSATION, "waits");
    await until(() => server.sent.length === 1);
    await box.add("another", "is taken");
    await until(() => box.items.length === 0);
    expect(bodies(server)).toEqual(["waits", "is taken", "waits"]);
  });

  it("ends a backoff on a nudge, but not a wait that the server asked for", async () => {
    const server = new FakeServer();
    server.answers = [refusal("UNAVAILABLE", "later"), refusal("RATE_LIMITED", "slower", 3_600_000)];
    const box = outbox(server, store(), slow());
    await box.start();
    await box.add(CONVERSATION, "waits");
    await until(() => server.sent.length === 1);
    await box.add("another", "too fast");
    await until(() => server.sent.length === 2);
    box.nudge();
    await until(() => box.items.length === 1);
    expect(bodies(server)).toEqual(["waits", "too fast", "waits"]);
    expect(box.items[0]?.body).toBe("too fast");
  });

  it("waits as long as the rate limit asks", async () => {
    const server = new FakeServer();
    server.answers = [refusal("RATE_LIMITED", "slower", 150)];
    const box = outbox(server, store());
    await box.start();
    const before = performance.now();
    await box.add(CONVERSATION, "fast");
    await until(() => box.items.length === 0);
    expect(performance.now() - before).toBeGreaterThan(140);
  });

  it("skips a message that is refused for good, and shows it until it is retried or discarded", async () => {
    const server = new FakeServer();
    server.answers = [refusal("NOT_FOUND", "gone"), refusal("INVALID", "bad")];
    const box = outbox(server, store());
    await box.start();
    const first = await box.add(CONVERSATION, "first");
    const second = await box.add(CONVERSATION, "second");
    await box.add(CONVERSATION, "third");
    await until(
      () => box.items.length === 2 && box.items.every(({ failure }) => failure !== undefined),
      () => box.items,
    );
    expect(box.items.map(({ body, failure }) => [body, failure?.code])).toEqual([
      ["first", "NOT_FOUND"],
      ["second", "INVALID"],
    ]);
    expect(bodies(server)).toEqual(["first", "second", "third"]);
    await box.discard(second.clientMessageId);
    await box.retry(first.clientMessageId);
    await until(() => box.items.length === 0);
    expect(server.sent.at(-1)).toMatchObject({ clientMessageId: first.clientMessageId, body: "first" });
  });

  it("keeps a message that was refused because the session had ended, for the next sign-in", async () => {
    const server = new FakeServer();
    server.answers = [refusal("UNAUTHENTICATED", "ended")];
    const box = outbox(server, store());
    await box.start();
    await box.add(CONVERSATION, "kept");
    await until(() => server.sent.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(box.items.map(({ failure }) => failure)).toEqual([undefined]);
    box.flush();
    await until(() => box.items.length === 0);
  });

  it("sends nothing without a connection, and everything with one", async () => {
    const server = new FakeServer();
    server.online = false;
    const box = outbox(server, store());
    await box.start();
    await box.add(CONVERSATION, "offline");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.sent).toEqual([]);
    server.online = true;
    box.flush();
    await until(() => box.items.length === 0);
  });
});

describe("Outbox over several visits and tabs", () => {
  it("loses nothing in a reload", async () => {
    const [before, after] = tabs(2) as [IndexedOutboxStore, IndexedOutboxStore];
    const server = new FakeServer();
    server.online = false;
    const box = outbox(server, before);
    await box.start();
    for (const body of ["one", "two", "three"]) await box.add(CONVERSATION, body);
    box.stop();
    before.close();

    server.online = true;
    const reloaded = outbox(server, after);
    await reloaded.start();
    expect(reloaded.items.map(({ body }) => body)).toEqual(["one", "two", "three"]);
    await until(() => reloaded.items.length === 0);
    expect(bodies(server)).toEqual(["one", "two", "three"]);
  });

  it("sends each message from one tab only, in one order, when two tabs write", async () => {
    const [first, second] = tabs(2) as [IndexedOutboxStore, IndexedOutboxStore];
    const server = new FakeServer();
    const environment = nodeEnvironment();
    const boxes = [outbox(server, first, environment), outbox(server, second, environment)];
    await Promise.all(boxes.map((box) => box.start()));
    const added: { order: number; body: string }[] = [];
    for (let round = 0; round < 10; round++) {
      added.push(...(await Promise.all(boxes.map((box, tab) => box.add(CONVERSATION, `tab ${tab}, ${round}`)))));
    }
    await until(
      () => boxes.every((box) => box.items.length === 0),
      () => boxes.map((box) => box.items),
    );
    expect(bodies(server)).toEqual(added.sort((a, b) => a.order - b.order).map(({ body }) => body));
  });

  it("sends what an offline tab wrote from a tab that is online", async () => {
    const [first, second] = tabs(2) as [IndexedOutboxStore, IndexedOutboxStore];
    const deaf = new FakeServer();
    deaf.online = false;
    const server = new FakeServer();
    const environment = nodeEnvironment();
    const offline = outbox(deaf, first, environment);
    const online = outbox(server, second, environment);
    await offline.start();
    await online.start();
    await offline.add(CONVERSATION, "through the other tab");
    await until(() => offline.items.length === 0);
    expect([bodies(deaf), bodies(server)]).toEqual([[], ["through the other tab"]]);
  });

  it("keeps the outboxes of two people apart", async () => {
    const mine = tabs(1)[0]!;
    const theirs = tabs(1)[0]!;
    await mine.add({ clientMessageId: "a", conversationId: CONVERSATION, body: "mine", writtenAt: "" });
    expect(await theirs.all()).toEqual([]);
  });

  it("rejects when a message cannot be stored, and does not send it", async () => {
    const server = new FakeServer();
    const store = new MemoryOutboxStore();
    store.add = () => Promise.reject(new Error("quota"));
    const box = outbox(server, store);
    await box.start();
    await expect(box.add(CONVERSATION, "too much")).rejects.toThrow("quota");
    expect([box.items, server.sent]).toEqual([[], []]);
  });
});
