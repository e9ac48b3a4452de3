import { randomUUID } from "node:crypto";
import { markRead } from "../../server/domain/mark-read";
import { readHistory } from "../../server/domain/read-history";
import { revalidateSubscriptions } from "../../server/domain/revalidate-subscriptions";
import { sendMessage } from "../../server/domain/send-message";
import { showTyping } from "../../server/domain/show-typing";
import { syncConversations } from "../../server/domain/sync-conversations";
import { unsubscribe } from "../../server/domain/unsubscribe";
import { MemoryLog } from "../helpers/memory-log";
import { MemorySubscriptions } from "../helpers/memory-subscriptions";
import { agent } from "../helpers/principals";
import { RecordingNotifier } from "../helpers/recording-notifier";

const member = agent();
const stranger = agent();
const conversationId = randomUUID();

let messages: MemoryLog;
let notifier: RecordingNotifier;
let subscriptions: MemorySubscriptions;

beforeEach(() => {
  messages = new MemoryLog();
  messages.admit(conversationId, member);
  notifier = new RecordingNotifier();
  subscriptions = new MemorySubscriptions();
});

const newMessage = (body = "hello") => ({ conversationId, clientMessageId: randomUUID(), body });

const ACTIVITY = `activity ${member.userId} ${conversationId}`;

describe("sendMessage", () => {
  it("notifies only after the message is stored", async () => {
    let finish: () => void = () => undefined;
    messages.delay = () => new Promise((resolve) => (finish = resolve));
    const sending = sendMessage({ messages, notifier }, member, newMessage());
    await Promise.resolve();
    expect(notifier.calls).toEqual([]);
    finish();
    expect(await sending).toMatchObject({ kind: "stored", message: { seq: 1, senderId: member.userId } });
    expect(notifier.calls).toEqual(["message", ACTIVITY]);
  });

  it("notifies again when a stored message is sent again", async () => {
    const message = newMessage();
    await sendMessage({ messages, notifier }, member, message);
    expect(await sendMessage({ messages, notifier }, member, message)).toMatchObject({ kind: "duplicate" });
    expect(notifier.calls).toEqual(["message", ACTIVITY, "message", ACTIVITY]);
    expect(messages.stored).toHaveLength(1);
  });

  it("tells every agent of the first message in the queue and of one that reopens it, not of each", async () => {
    const visitor = agent();
    const told = async (seq: number, reopened: boolean) => {
      const message = { ...newMessage(), seq, senderKind: "visitor", senderId: visitor.userId } as const;
      const stored = { ...message, senderName: "客", createdAt: new Date(0).toISOString() };
      messages.append = () => Promise.resolve({ kind: "stored", message: stored, memberIds: [], reopened });
      await sendMessage({ messages, notifier }, visitor, message);
      return notifier.take();
    };
    expect(await told(1, false)).toEqual(["message", `inbox all ${conversationId}`]);
    expect(await told(2, false)).toEqual(["message"]);
    expect(await told(3, true)).toEqual(["message", `inbox all ${conversationId}`]);
  });

  it("notifies nobody about a refused message", async () => {
    expect(await sendMessage({ messages, notifier }, stranger, newMessage())).toEqual({ kind: "not-found" });
    const message = newMessage();
    await sendMessage({ messages, notifier }, member, message);
    notifier.take();
    const other = { ...message, body: "another text" };
    expect(await sendMessage({ messages, notifier }, member, other)).toEqual({ kind: "conflict" });
    expect(notifier.calls).toEqual([]);
  });

  it("passes on that the database is unavailable, without a notice", async () => {
    messages.unavailable = true;
    await expect(sendMessage({ messages, notifier }, member, newMessage())).rejects.toThrow("unavailable");
    expect(notifier.calls).toEqual([]);
  });
});

describe("syncConversations", () => {
  it("subscribes before it reads, so that no message is lost in between", async () => {
    const read = messages.after.bind(messages);
    messages.after = (principal, known) => {
      expect(subscriptions.has(conversationId)).toBe(true);
      return read(principal, known);
    };
    await syncConversations({ messages }, member, subscriptions, { [conversationId]: 0 });
    expect.assertions(1);
  });

  it("returns what the client does not have", async () => {
    for (const body of ["one", "two", "three"]) await sendMessage({ messages, notifier }, member, newMessage(body));
    const missed = await syncConversations({ messages }, member, subscriptions, { [conversationId]: 1 });
    expect(missed.get(conversationId)).toMatchObject({
      messages: [{ body: "two" }, { body: "three" }],
      headSeq: 3,
      more: false,
    });
  });

  it("says that there is more when a page ends before the head", async () => {
    messages.after = () => Promise.resolve(new Map([[conversationId, { messages: [], headSeq: 7, status: "closed" }]]));
    const missed = await syncConversations({ messages }, member, subscriptions, { [conversationId]: 6 });
    expect(missed.get(conversationId)).toEqual({ messages: [], headSeq: 7, more: true, status: "closed" });
  });

  it("subscribes nobody to a conversation that they may not read", async () => {
    const missed = await syncConversations({ messages }, stranger, subscriptions, { [conversationId]: 0 });
    expect([...missed]).toEqual([[conversationId, undefined]]);
    expect(subscriptions.list()).toEqual([]);
  });

  it("ends the subscription of a removed member", async () => {
    subscriptions.add([conversationId]);
    messages.remove(conversationId, member);
    await syncConversations({ messages }, member, subscriptions, { [conversationId]: 0 });
    expect(subscriptions.list()).toEqual([]);
  });
});

describe("subscriptions", () => {
  it("end on request", async () => {
    subscriptions.add([conversationId]);
    await unsubscribe(subscriptions, conversationId);
    expect(subscriptions.list()).toEqual([]);
  });

  it("are revalidated against the log", async () => {
    const other = randomUUID();
    subscriptions.add([conversationId, other]);
    await revalidateSubscriptions({ messages }, member, subscriptions);
    expect(subscriptions.list()).toEqual([conversationId]);
  });

  it("are revalidated without a query when there are none", async () => {
    messages.unavailable = true;
    await expect(revalidateSubscriptions({ messages }, member, subscriptions)).resolves.toBeUndefined();
  });
});

describe("showTyping", () => {
  it("tells the other subscribers who is typing", () => {
    subscriptions.add([conversationId]);
    expect(showTyping(subscriptions, member, conversationId)).toBe(true);
    const notice = { conversationId, userId: member.userId, name: member.name };
    expect(subscriptions.sent).toEqual([{ event: "typing", notice }]);
  });

  it("tells nobody without a subscription", () => {
    expect(showTyping(subscriptions, member, conversationId)).toBe(false);
    expect(subscriptions.sent).toEqual([]);
  });
});

describe("markRead", () => {
  const mark = { conversationId, seq: 3 };

  beforeEach(async () => {
    for (const body of ["1", "2", "3"]) await sendMessage({ messages, notifier }, member, newMessage(body));
  });

  it("does not tell them of messages that do not exist yet, whatever the client claims", async () => {
    await markRead({ messages }, member, subscriptions, { conversationId, seq: Number.MAX_SAFE_INTEGER });
    expect(subscriptions.sent).toEqual([{ event: "read", notice: { ...mark, userId: member.userId } }]);
  });

  it("tells the other subscribers once it is recorded", async () => {
    expect(await markRead({ messages }, member, subscriptions, mark)).toBe(true);
    expect(subscriptions.sent).toEqual([{ event: "read", notice: { ...mark, userId: member.userId } }]);
  });

  it("tells nobody when the principal may not read the conversation", async () => {
    expect(await markRead({ messages }, stranger, subscriptions, mark)).toBe(false);
    expect(subscriptions.sent).toEqual([]);
  });
});

describe("readHistory", () => {
  beforeEach(async () => {
    for (const body of ["1", "2", "3", "4"]) await sendMessage({ messages, notifier }, member, newMessage(body));
  });

  const seqs = async (direction: "before" | "after", seq: number, limit: number) => {
    const page = await readHistory({ messages }, member, { conversationId, direction, seq, limit });
    return page && { seqs: page.messages.map((message) => message.seq), more: page.more };
  };

  it.each([
    ["before", 5, 2, [3, 4], true],
    ["before", 3, 2, [1, 2], false],
    ["before", 1, 2, [], false],
    ["after", 1, 2, [2, 3], true],
    ["after", 2, 2, [3, 4], false],
    ["after", 4, 2, [], false],
  ] as const)("reads %s %d, at most %d", async (direction, seq, limit, expected, more) => {
    expect(await seqs(direction, seq, limit)).toEqual({ seqs: expected, more });
  });

  it.each(["before", "after"] as const)("reads nothing %s for a stranger", async (direction) => {
    const request = { conversationId, direction, seq: 1, limit: 2 };
    expect(await readHistory({ messages }, stranger, request)).toBeUndefined();
  });
});
