import { Inbox } from "../../client/inbox";
import { nodeEnvironment } from "../../client/environment";
import { MemoryOutboxStore } from "../../client/memory-outbox-store";
import { MessengerClient } from "../../client/messenger-client";
import { socketIoTransport } from "../../client/transport/socket-io";
import { type ConversationSummary, type InboxAnswer, refusal } from "../../protocol";
import { FakeMessenger, until, USER } from "../helpers/fake-messenger";

let server: FakeMessenger;
let client: MessengerClient;
let inbox: Inbox;
let answers: number;
let mine: ConversationSummary[];
let down: boolean;
/** Conversations on a page of mine. */
let pageSize: number;

beforeEach(async () => {
  server = new FakeMessenger();
  await server.listen();
  answers = 0;
  mine = [];
  down = false;
  pageSize = 100;
  client = new MessengerClient({
    transport: socketIoTransport({ url: server.url }),
    principal: USER,
    ticket: server.ticket,
    store: new MemoryOutboxStore(),
    environment: nodeEnvironment(),
    timings: { backoff: { baseMs: 10, maxMs: 40 }, gapMs: 10 },
  });
  inbox = new Inbox({ client, fetchInbox: (cursor) => Promise.resolve(answer(cursor)), pauseMs: 50 });
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
  const next = { mine: end < mine.length ? String(end) : null, queue: null };
  return { ok: true, mine: mine.slice(Number(cursor), end), queue: [], next };
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

  it("fetches once more, not ten times, when the list changes ten times at once", async () => {
    await start();
    await new Promise((resolve) => setTimeout(resolve, 120));
    const before = answers;
    for (let index = 0; index < 10; index++) server.tell("inbox:changed", { conversationId: crypto.randomUUID() });
    await until(() => answers > before);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(answers - before).toBeLessThanOrEqual(2);
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
    expect([inbox.getState().mine.length, inbox.getState().hasMore]).toEqual([2, true]);
    inbox.loadMore();
    await until(() => inbox.getState().mine.length === 4);
    inbox.loadMore();
    await until(() => inbox.getState().mine.length === 5);
    expect(inbox.getState().hasMore).toBe(false);
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
