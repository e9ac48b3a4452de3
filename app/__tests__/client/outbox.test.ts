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
/** An environment in which nothing is tried again by itself within a test: every wait that is guessed takes an hour. */
const slow = (): ClientEnvironment => ({ ...nodeEnvironment(), random: () => 360_000 });
const CONVERSATION = "c1";

class Line {
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

function outbox(line: Line, store: OutboxStore, environment: ClientEnvironment = nodeEnvironment()): Outbox {
  const options: OutboxOptions = {
    store,
    owner: "u1",
    online: () => line.online,
    send: line.send,
    onSent: () => undefined,
    onChange: () => undefined,
    environment,
    timings,
  };
  const made = new Outbox(options);
  outboxes.push(made);
  return made;
}

function bodies(line: Line): string[] {
  return line.sent.map(({ body }) => body);
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
  it("sends in the order of writing, one of a conversation at a time", async () => {
    const line = new Line();
    let release: (result: Result) => void = () => undefined;
    line.answers = [new Promise((resolve) => (release = resolve))];
    const box = outbox(line, store());
    await box.start();
    for (const body of ["one", "two", "three"]) await box.add(CONVERSATION, body);
    await until(() => line.sent.length > 0);
    await box.add("another", "elsewhere");
    await until(() => line.sent.length === 2);
    expect(bodies(line)).toEqual(["one", "elsewhere"]);
    release({ ok: true, seq: 1, createdAt: "2026-01-01T00:00:00Z" });
    await until(() => box.items.length === 0);
    expect(bodies(line)).toEqual(["one", "elsewhere", "two", "three"]);
  });

  it("sends the same id until it is acknowledged, however often", async () => {
    const line = new Line();
    line.answers = Array.from({ length: 12 }, () => refusal("UNAVAILABLE", "later"));
    const box = outbox(line, store());
    await box.start();
    const { clientMessageId } = await box.add(CONVERSATION, "again");
    await until(() => box.items.length === 0);
    expect(line.sent).toHaveLength(13);
    expect(new Set(line.sent.map((message) => message.clientMessageId))).toEqual(new Set([clientMessageId]));
  });

  it("tries what waits by its own guess as soon as another message was taken", async () => {
    const line = new Line();
    line.answers = [refusal("UNAVAILABLE", "later")];
    const box = outbox(line, store(), slow());
    await box.start();
    await box.add(CONVERSATION, "waits");
    await until(() => line.sent.length === 1);
    await box.add("another", "is taken");
    await until(() => box.items.length === 0);
    expect(bodies(line)).toEqual(["waits", "is taken", "waits"]);
  });

  it("tries what waits by its own guess when it is nudged, and not what was told to wait", async () => {
    const line = new Line();
    line.answers = [refusal("UNAVAILABLE", "later"), refusal("RATE_LIMITED", "slower", 3_600_000)];
    const box = outbox(line, store(), slow());
    await box.start();
    await box.add(CONVERSATION, "waits");
    await until(() => line.sent.length === 1);
    await box.add("another", "too fast");
    await until(() => line.sent.length === 2);
    box.nudge();
    await until(() => box.items.length === 1);
    expect(bodies(line)).toEqual(["waits", "too fast", "waits"]);
    expect(box.items[0]?.body).toBe("too fast");
  });

  it("waits as long as the limit says", async () => {
    const line = new Line();
    line.answers = [refusal("RATE_LIMITED", "slower", 150)];
    const box = outbox(line, store());
    await box.start();
    const before = performance.now();
    await box.add(CONVERSATION, "fast");
    await until(() => box.items.length === 0);
    expect(performance.now() - before).toBeGreaterThan(140);
  });

  it("takes a final refusal out of the way and shows it, until it is retried or discarded", async () => {
    const line = new Line();
    line.answers = [refusal("NOT_FOUND", "gone"), refusal("INVALID", "bad")];
    const box = outbox(line, store());
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
    expect(bodies(line)).toEqual(["first", "second", "third"]);
    await box.discard(second.clientMessageId);
    await box.retry(first.clientMessageId);
    await until(() => box.items.length === 0);
    expect(line.sent.at(-1)).toMatchObject({ clientMessageId: first.clientMessageId, body: "first" });
  });

  it("keeps what an ended session refused, for the next sign-in", async () => {
    const line = new Line();
    line.answers = [refusal("UNAUTHENTICATED", "ended")];
    const box = outbox(line, store());
    await box.start();
    await box.add(CONVERSATION, "kept");
    await until(() => line.sent.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(box.items.map(({ failure }) => failure)).toEqual([undefined]);
    box.flush();
    await until(() => box.items.length === 0);
  });

  it("sends nothing without a connection, and everything with one", async () => {
    const line = new Line();
    line.online = false;
    const box = outbox(line, store());
    await box.start();
    await box.add(CONVERSATION, "offline");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(line.sent).toEqual([]);
    line.online = true;
    box.flush();
    await until(() => box.items.length === 0);
  });
});

describe("Outbox over several visits and tabs", () => {
  it("loses nothing by a reload", async () => {
    const [before, after] = tabs(2) as [IndexedOutboxStore, IndexedOutboxStore];
    const line = new Line();
    line.online = false;
    const box = outbox(line, before);
    await box.start();
    for (const body of ["one", "two", "three"]) await box.add(CONVERSATION, body);
    box.stop();
    before.close();

    line.online = true;
    const reloaded = outbox(line, after);
    await reloaded.start();
    expect(reloaded.items.map(({ body }) => body)).toEqual(["one", "two", "three"]);
    await until(() => reloaded.items.length === 0);
    expect(bodies(line)).toEqual(["one", "two", "three"]);
  });

  it("sends each message from one tab only, in one order, when two tabs write", async () => {
    const [first, second] = tabs(2) as [IndexedOutboxStore, IndexedOutboxStore];
    const line = new Line();
    const environment = nodeEnvironment();
    const boxes = [outbox(line, first, environment), outbox(line, second, environment)];
    await Promise.all(boxes.map((box) => box.start()));
    const added: { order: number; body: string }[] = [];
    for (let round = 0; round < 10; round++) {
      added.push(...(await Promise.all(boxes.map((box, tab) => box.add(CONVERSATION, `tab ${tab}, ${round}`)))));
    }
    await until(
      () => boxes.every((box) => box.items.length === 0),
      () => boxes.map((box) => box.items),
    );
    expect(bodies(line)).toEqual(added.sort((a, b) => a.order - b.order).map(({ body }) => body));
  });

  it("sends what a tab without connection wrote from the one that has one", async () => {
    const [first, second] = tabs(2) as [IndexedOutboxStore, IndexedOutboxStore];
    const deaf = new Line();
    deaf.online = false;
    const line = new Line();
    const environment = nodeEnvironment();
    const offline = outbox(deaf, first, environment);
    const online = outbox(line, second, environment);
    await offline.start();
    await online.start();
    await offline.add(CONVERSATION, "through the other tab");
    await until(() => offline.items.length === 0);
    expect([bodies(deaf), bodies(line)]).toEqual([[], ["through the other tab"]]);
  });

  it("keeps the outboxes of two people apart", async () => {
    const mine = tabs(1)[0]!;
    const theirs = tabs(1)[0]!;
    await mine.add({ clientMessageId: "a", conversationId: CONVERSATION, body: "mine", writtenAt: "" });
    expect(await theirs.all()).toEqual([]);
  });

  it("tells when a message could not be kept, and does not send it", async () => {
    const line = new Line();
    const store = new MemoryOutboxStore();
    store.add = () => Promise.reject(new Error("quota"));
    const box = outbox(line, store);
    await box.start();
    await expect(box.add(CONVERSATION, "too much")).rejects.toThrow("quota");
    expect([box.items, line.sent]).toEqual([[], []]);
  });
});
