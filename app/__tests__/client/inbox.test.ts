import { Inbox } from "../../client/inbox";
import { nodeEnvironment } from "../../client/environment";
import { MemoryOutboxStore } from "../../client/memory-outbox-store";
import { MessengerClient } from "../../client/messenger-client";
import { socketIoTransport } from "../../client/transport/socket-io";
import { type ConversationSummary, type InboxAnswer, type QueueEntry, refusal } from "../../protocol";
import { FakeMessenger, until, USER } from "../helpers/fake-messenger";

let server: FakeMessenger;
let client: MessengerClient;
let inbox: Inbox;
let answers: number;
let mine: ConversationSummary[];
let down: boolean;
let queue: QueueEntry[];
/** What the server counts in all conversations. */
let unreadInAll: number | undefined;
/** The ids of each request for entries. */
let asked: (readonly string[])[];
/** Conversations on a page of either list. */
let pageSize: number;

beforeEach(async () => {
  server = new FakeMessenger();
  await server.listen();
  answers = 0;
  mine = [];
  down = false;
  unreadInAll = undefined;
  pageSize = 100;
  client = new MessengerClient({
    transport: socketIoTransport({ url: server.url }),
    principal: USER,
    ticket: server.ticket,
    store: new MemoryOutboxStore(),
    environment: nodeEnvironment(),
    timings: { backoff: { baseMs: 10, maxMs: 40 }, gapMs: 10 },
  });
  asked = [];
  queue = [];
  inbox = new Inbox({
    client,
    fetchInbox: (cursor) => Promise.resolve(answer(cursor)),
    fetchEntries: (ids) => Promise.resolve(entries(ids)),
    pauseMs: 50,
  });
});

afterEach(async () => {
  inbox.stop();
  client.stop();
  await server.close();
});

function answer(cursor = "0"): InboxAnswer | ReturnType<typeof refusal> {
  answers++;
  if (down) return refusal("UNAVAILABLE", "down");
  const end = Number(cursor) + pageSize;
  const nextOf = (list: readonly unknown[]) => (end < list.length ? String(end) : null);
  const page = <T>(list: readonly T[]) => list.slice(Number(cursor), end);
  const next = { mine: nextOf(mine), queue: nextOf(queue) };
  return { ok: true, mine: page(mine), queue: page(queue), waiting: queue.length, ...counted(), next };
}

/** A server of an earlier release does not say it. */
function counted(): { readonly unread?: number } {
  return unreadInAll === undefined ? {} : { unread: unreadInAll };
}

function entries(ids: readonly string[]): InboxAnswer | ReturnType<typeof refusal> {
  asked.push(ids);
  if (down) return refusal("UNAVAILABLE", "down");
  const among = <T extends { readonly id: string }>(list: readonly T[]) => list.filter(({ id }) => ids.includes(id));
  const next = { mine: null, queue: null };
  return { ok: true, mine: among(mine), queue: among(queue), waiting: queue.length, ...counted(), next };
}

function waiting(since: string): QueueEntry {
  const times = { createdAt: since, updatedAt: since, waitingSince: since };
  return { id: crypto.randomUUID(), visitorName: "Willy", status: "open", ...times, preview: "hello" };
}

/** Waits until the lists that are fetched on connecting are there. */
async function settled(): Promise<void> {
  for (let before = -1; before !== answers;) {
    before = answers;
    await new Promise((resolve) => setTimeout(resolve, 120));
  }
}

/** As the server would summarize what it has. */
function summary(id: string, lastReadSeq: number): ConversationSummary {
  const stored = server.log.get(id)!;
  const lastMessage = stored.at(-1)!;
  const times = { createdAt: stored[0]!.createdAt, updatedAt: lastMessage.createdAt };
  return { id, visitorName: "Vera", status: "open", ...times, lastSeq: stored.length, lastReadSeq, lastMessage };
}

function conversation(messages: number): string {
  const id = crypto.randomUUID();
  for (let index = 0; index < messages; index++) server.store(id, `${index}`);
  return id;
}

function unread(id: string): number | undefined {
  const found = inbox.getState().mine.find((each) => each.id === id);
  return found && found.lastSeq - found.lastReadSeq;
}

async function start(): Promise<void> {
  await client.start();
  inbox.start();
  await until(() => inbox.getState().loaded && client.getState().connection.status === "online");
}

describe("Inbox", () => {
  it("subscribes to listed conversations, and unsubscribes from those that left the list", async () => {
    const [a, b] = [conversation(3), conversation(1)];
    mine = [summary(a, 1)];
    await start();
    await until(() => client.getState().conversations[a] !== undefined);
    mine = [summary(b, 0)];
    inbox.refresh();
    await until(() => Object.keys(client.getState().conversations).join() === b);
  });

  it("counts the unread messages of conversations that are not loaded, too", async () => {
    const id = conversation(3);
    mine = [summary(id, 1)];
    unreadInAll = 9;
    await start();
    expect(inbox.getState().unread).toBe(9);
    await until(() => server.syncs.some(({ conversations }) => id in conversations));
    server.store(id, "new");
    await until(() => inbox.getState().unread === 10);
    inbox.markRead(id);
    await until(() => inbox.getState().unread === 7);
  });

  it("shows the open conversation when it is in the queue, beyond the loaded part too, until somebody takes it", async () => {
    const [first, last] = [waiting("2026-01-01T00:00:00Z"), waiting("2026-01-02T00:00:00Z")];
    queue = [first, last];
    pageSize = 1;
    await start();
    inbox.open(last.id);
    await until(() => inbox.getState().opened?.id === last.id);
    expect(inbox.getState().missing).toBeUndefined();
    queue = [first];
    server.tell("inbox:changed", { conversationId: last.id });
    await until(() => inbox.getState().opened === undefined && inbox.getState().missing === last.id);
  });

  it("counts new messages until they are read here or in another window", async () => {
    const id = conversation(3);
    mine = [summary(id, 1)];
    await start();
    expect(unread(id)).toBe(2);
    await until(() => server.syncs.some(({ conversations }) => id in conversations));
    server.store(id, "new");
    await until(() => unread(id) === 3);
    expect(inbox.getState().mine[0]!.lastMessage?.body).toBe("new");
    server.tell("read", { conversationId: id, userId: "somebody else", seq: 4 });
    server.tell("read", { conversationId: id, userId: USER.userId, seq: 2 });
    await until(() => unread(id) === 2);
    inbox.markRead(id);
    expect(unread(id)).toBe(0);
  });

  it("ignores an answer that is older than the live messages", async () => {
    const id = conversation(2);
    mine = [summary(id, 0)];
    await start();
    await until(() => server.syncs.some(({ conversations }) => id in conversations));
    server.store(id, "newer than the answer");
    await until(() => unread(id) === 3);
    const before = answers;
    inbox.refresh();
    await until(() => answers > before);
    await until(() => inbox.getState().loaded);
    expect(unread(id)).toBe(3);
    expect(inbox.getState().mine[0]!.lastMessage?.body).toBe("newer than the answer");
  });

  it("asks for the entries twice at most, and for no list, when ten conversations change at once", async () => {
    await start();
    await settled();
    const before = answers;
    for (let index = 0; index < 10; index++) server.tell("inbox:changed", { conversationId: crypto.randomUUID() });
    await until(() => asked.flat().length === 10);
    expect(asked.length).toBeLessThanOrEqual(2);
    expect(answers).toBe(before);
  });

  it("fetches the lists when any of them may have changed, and when the server knows no single entries", async () => {
    await start();
    await settled();
    const before = answers;
    server.tell("inbox:changed", {});
    await until(() => answers > before);
    await settled();
    const again = answers;
    inbox.stop();
    inbox = new Inbox({
      client,
      fetchInbox: (cursor) => Promise.resolve(answer(cursor)),
      fetchEntries: () => Promise.resolve(refusal("NOT_FOUND", "There is no such thing.")),
      pauseMs: 50,
    });
    inbox.start();
    await until(() => answers > again);
    await settled();
    const third = answers;
    server.tell("inbox:changed", { conversationId: crypto.randomUUID() });
    await until(() => answers > third);
  });

  it("shows a conversation beyond the loaded page as soon as something is written in it, and subscribes to it", async () => {
    pageSize = 1;
    const [loaded, beyond] = [conversation(1), conversation(1)];
    mine = [summary(loaded, 1), summary(beyond, 1)];
    await start();
    await settled();
    expect(inbox.getState().mine.map(({ id }) => id)).toEqual([loaded]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    server.store(beyond, "is anybody there?", false);
    mine = [summary(beyond, 1), summary(loaded, 1)];
    server.tell("inbox:activity", { conversationIds: [loaded, beyond] });
    await until(() => inbox.getState().mine[0]!.id === beyond);
    expect(asked).toEqual([[beyond]]);
    expect(unread(beyond)).toBe(1);
    await until(() => server.syncs.some(({ conversations }) => beyond in conversations));
    server.store(beyond, "from now on live");
    await until(() => unread(beyond) === 2);
  });

  it("shows that a customer reopened a conversation, and that an agent closed it", async () => {
    const id = conversation(1);
    mine = [{ ...summary(id, 1), status: "closed" }];
    await start();
    await until(() => server.syncs.some(({ conversations }) => id in conversations));
    const status = () => inbox.getState().mine[0]!.status;
    server.store(id, "by an agent");
    await until(() => unread(id) === 1);
    expect(status()).toBe("closed");
    server.store(id, "by the customer", true, "visitor");
    await until(() => status() === "open");
    server.tell("conversation:status", { conversationId: id, status: "closed", seq: 2 });
    server.tell("conversation:status", { conversationId: id, status: "closed", seq: 3 });
    await until(() => status() === "closed");
  });

  it("puts a new customer at the end of the queue when all of it is loaded, and otherwise counts them only", async () => {
    queue = [waiting("2026-01-01T00:00:00.000Z"), waiting("2026-01-02T00:00:00.000Z")];
    pageSize = 1;
    await start();
    await settled();
    expect([inbox.getState().queue.length, inbox.getState().waiting]).toEqual([1, 2]);
    const third = waiting("2026-01-03T00:00:00.000Z");
    queue = [...queue, third];
    server.tell("inbox:changed", { conversationId: third.id });
    await until(() => inbox.getState().waiting === 3);
    expect(inbox.getState().queue).toHaveLength(1);
    inbox.loadMore("queue");
    await until(() => inbox.getState().queue.length === 2);
    inbox.loadMore("queue");
    await until(() => inbox.getState().queue.length === 3);
    const fourth = waiting("2026-01-04T00:00:00.000Z");
    queue = [...queue.slice(1), fourth];
    server.tell("inbox:changed", { conversationId: fourth.id });
    await until(() => inbox.getState().queue.at(-1)?.id === fourth.id);
    server.tell("inbox:changed", { conversationId: inbox.getState().queue[0]!.id });
    await until(() => inbox.getState().queue.length === 3);
    expect(inbox.getState().queue.map(({ id }) => id)).toEqual(queue.map(({ id }) => id));
  });

  it("fetches the open conversation when it is not loaded, keeps it, and says when there is none", async () => {
    pageSize = 1;
    const [loaded, beyond] = [conversation(1), conversation(1)];
    mine = [summary(loaded, 1), summary(beyond, 1)];
    await start();
    await settled();
    inbox.open(beyond);
    await until(() => inbox.getState().mine.length === 2);
    inbox.refresh();
    await settled();
    expect(inbox.getState().mine).toHaveLength(2);
    const nothing = crypto.randomUUID();
    inbox.open(nothing);
    await until(() => inbox.getState().missing === nothing);
    inbox.open(loaded);
    inbox.refresh();
    await until(() => inbox.getState().missing === undefined);
  });

  it("asks again for an entry while the server is unavailable", async () => {
    await start();
    await settled();
    const entry = waiting("2026-01-01T00:00:00.000Z");
    down = true;
    server.tell("inbox:changed", { conversationId: entry.id });
    await until(() => asked.length === 1);
    down = false;
    queue = [entry];
    await until(() => inbox.getState().queue.length === 1);
  });

  it("keeps the list while the server is unavailable, and fetches it again afterwards", async () => {
    const id = conversation(1);
    mine = [summary(id, 0)];
    await start();
    down = true;
    inbox.refresh();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(inbox.getState().mine).toHaveLength(1);
    down = false;
    mine = [];
    server.sockets[0]!.conn.close();
    await until(() => inbox.getState().mine.length === 0);
  });

  it("shows further pages on request, and keeps showing them", async () => {
    pageSize = 2;
    mine = Array.from({ length: 5 }, () => summary(conversation(1), 0));
    await start();
    expect([inbox.getState().mine.length, inbox.getState().more.mine]).toEqual([2, true]);
    inbox.loadMore("mine");
    await until(() => inbox.getState().mine.length === 4);
    inbox.loadMore("mine");
    await until(() => inbox.getState().mine.length === 5);
    expect(inbox.getState().more.mine).toBe(false);
    await settled();
    const before = answers;
    inbox.refresh();
    await until(() => answers === before + 3);
    expect(inbox.getState().mine).toHaveLength(5);
  });

  it("puts the newest activity first", async () => {
    const [a, b] = [conversation(1), conversation(1)];
    await new Promise((resolve) => setTimeout(resolve, 5));
    server.store(b, "later");
    mine = [summary(a, 0), summary(b, 0)];
    await start();
    expect(inbox.getState().mine.map(({ id }) => id)).toEqual([b, a]);
    await until(() => server.syncs.some(({ conversations }) => a in conversations));
    await new Promise((resolve) => setTimeout(resolve, 5));
    server.store(a, "latest");
    await until(() => inbox.getState().mine[0]!.id === a);
  });
});
