import { randomUUID } from "node:crypto";
import { ActivityNotices } from "../../server/realtime/activity-notices";
import { MemoryLog } from "../helpers/memory-log";
import { agent } from "../helpers/principals";
import { ask, closeClients, collect, connect, startTask, type Task, until } from "../helpers/task";

interface Activity {
  readonly conversationIds: readonly string[];
}

describe("inbox:activity", () => {
  const messages = new MemoryLog();
  let task: Task;
  beforeAll(async () => (task = await startTask({ messages })));
  afterEach(closeClients);
  afterAll(() => task.close());

  const send = (socket: Awaited<ReturnType<typeof connect>>, conversationId: string) =>
    ask(socket, "message:send", { conversationId, clientMessageId: randomUUID(), body: "hello" });

  it("reaches the members' connections that have not subscribed, and no others", async () => {
    const [customer, member, stranger, conversationId] = [agent(), agent(), agent(), randomUUID()];
    for (const person of [customer, member]) messages.admit(conversationId, person);
    const [writer, subscribed, other, foreign] = await Promise.all(
      [customer, member, member, stranger].map((person) => connect(task, person)),
    );
    for (const socket of [writer, subscribed]) await ask(socket!, "sync", { conversations: { [conversationId]: 0 } });
    const told = [writer, subscribed, other, foreign].map((socket) => collect<Activity>(socket!, "inbox:activity"));
    const received = collect(subscribed!, "message");
    await send(writer!, conversationId);
    await until(() => told[2]?.length === 1 && received.length === 1, "the member's other connection hears of it");
    expect(told).toEqual([[], [], [{ conversationIds: [conversationId] }], []]);
  });
});

describe("ActivityNotices", () => {
  let sent: [string, readonly string[]][];
  let notices: ActivityNotices;

  beforeEach(() => {
    jest.useFakeTimers();
    sent = [];
    notices = new ActivityNotices((...event) => sent.push(event), 1000);
  });
  afterEach(() => jest.useRealTimers());

  it("tells a user of the first message at once, and of all others of an interval together", () => {
    notices.tell(["a", "b"], "1");
    expect(sent.splice(0)).toEqual([
      ["a", ["1"]],
      ["b", ["1"]],
    ]);
    for (const id of ["1", "2", "2", "3"]) notices.tell(["a"], id);
    expect(sent).toEqual([]);
    jest.advanceTimersByTime(1000);
    expect(sent.splice(0)).toEqual([["a", ["1", "2", "3"]]]);
    notices.tell(["b"], "4");
    expect(sent.splice(0)).toEqual([["b", ["4"]]]);
    jest.advanceTimersByTime(5000);
    notices.tell(["a"], "5");
    expect(sent).toEqual([["a", ["5"]]]);
  });

  it("spreads more than a hundred conversations over several events", () => {
    for (let n = 0; n <= 250; n += 1) notices.tell(["a"], String(n));
    jest.advanceTimersByTime(3000);
    expect(sent.map(([, ids]) => ids.length)).toEqual([1, 100, 100, 50]);
    expect(new Set(sent.flatMap(([, ids]) => ids)).size).toBe(251);
  });

  it("costs one event per user and interval, however many messages there are", () => {
    const users = Array.from({ length: 200 }, (_, n) => `user ${n}`);
    // A hundred messages a second for ten seconds, each in a conversation of four.
    for (let message = 0; message < 1000; message += 1) {
      const first = (message * 4) % 200;
      notices.tell(users.slice(first, first + 4), `conversation ${first}`);
      jest.advanceTimersByTime(10);
    }
    expect(sent.length).toBeLessThanOrEqual(200 * 11);
  });
});
