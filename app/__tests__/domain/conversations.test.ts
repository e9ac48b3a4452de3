import { randomUUID } from "node:crypto";
import { addMember } from "../../server/domain/add-member";
import { closeConversation } from "../../server/domain/close-conversation";
import { findInboxEntries } from "../../server/domain/find-inbox-entries";
import { listInbox } from "../../server/domain/list-inbox";
import { listOthers } from "../../server/domain/list-others";
import { removeMember } from "../../server/domain/remove-member";
import { reopenConversation } from "../../server/domain/reopen-conversation";
import { takeConversation } from "../../server/domain/take-conversation";
import { MemoryConversations } from "../helpers/memory-conversations";
import { agent } from "../helpers/principals";
import { RecordingNotifier } from "../helpers/recording-notifier";

const conversationId = randomUUID();
const [first, second] = [agent(), agent()];

let conversations: MemoryConversations;
let notifier: RecordingNotifier;

beforeEach(() => {
  conversations = new MemoryConversations(conversationId);
  notifier = new RecordingNotifier();
});

const ports = () => ({ conversations, notifier });

/** Makes the first agent a member, without a recorded notice. */
async function take(): Promise<void> {
  await takeConversation(ports(), first, conversationId);
  notifier.take();
}

test("takes a conversation for one agent only, and tells every agent", async () => {
  expect(await takeConversation(ports(), first, conversationId)).toMatchObject({
    members: [{ userId: first.userId }],
  });
  expect(await takeConversation(ports(), second, conversationId)).toBeUndefined();
  expect(notifier.calls).toEqual([`inbox all ${conversationId}`]);
});

test("closes and reopens, and tells the members", async () => {
  await take();
  expect(await closeConversation(ports(), first, conversationId)).toMatchObject({ conversation: { status: "closed" } });
  expect(await reopenConversation(ports(), first, conversationId)).toMatchObject({ conversation: { status: "open" } });
  expect(notifier.calls).toEqual([
    `status ${conversationId} closed 0`,
    `inbox ${first.userId} ${conversationId}`,
    `status ${conversationId} open 0`,
    `inbox ${first.userId} ${conversationId}`,
  ]);
});

test("tells every agent when a conversation without members is closed", async () => {
  await closeConversation(ports(), agent({ role: "admin" }), conversationId);
  expect(notifier.calls).toEqual([`status ${conversationId} closed 0`, `inbox all ${conversationId}`]);
});

test("changes nothing of another agent's conversation", async () => {
  await take();
  expect(await closeConversation(ports(), second, conversationId)).toBeUndefined();
  expect(await reopenConversation(ports(), second, conversationId)).toBeUndefined();
  expect(await addMember(ports(), second, conversationId, second.userId)).toBeUndefined();
  expect(await removeMember(ports(), second, conversationId, first.userId)).toEqual({ kind: "not-found" });
  expect(notifier.calls).toEqual([]);
});

test("adds a member and tells every agent", async () => {
  await take();
  const details = await addMember(ports(), first, conversationId, second.userId);
  expect(details?.members.map(({ userId }) => userId)).toEqual([first.userId, second.userId]);
  expect(notifier.calls).toEqual([`inbox all ${conversationId}`]);
});

test("ends a removed member's subscription before the others are told", async () => {
  await take();
  await addMember(ports(), first, conversationId, second.userId);
  notifier.take();
  expect(await removeMember(ports(), first, conversationId, second.userId)).toMatchObject({
    kind: "removed",
    details: { members: [{ userId: first.userId }] },
  });
  expect(notifier.calls).toEqual([
    `remove ${second.userId} ${conversationId}`,
    `inbox ${first.userId} ${conversationId}`,
  ]);
});

test("returns no details to an agent who removed themselves, and tells everybody when nobody is left", async () => {
  await take();
  const result = await removeMember(ports(), first, conversationId, first.userId);
  expect(result).toEqual({ kind: "removed", details: undefined });
  expect(notifier.calls).toEqual([`remove ${first.userId} ${conversationId}`, `inbox all ${conversationId}`]);
});

describe("listInbox", () => {
  const position = { time: new Date(0), id: conversationId };

  it("lists the agent's conversations and the queue", async () => {
    expect(await listInbox(ports(), first, { limit: 5 })).toMatchObject({
      mine: { items: [] },
      queue: { items: [{ id: conversationId }] },
    });
    await take();
    expect(await listInbox(ports(), first, { limit: 5 })).toMatchObject({
      mine: { items: [{ id: conversationId }] },
      queue: { items: [] },
    });
  });

  it("finds single conversations in either list, with the number of all that wait", async () => {
    const entries = (ids: readonly string[]) => findInboxEntries(ports(), first, ids);
    expect(await entries([conversationId])).toMatchObject({ mine: [], queue: [{ id: conversationId }], waiting: 1 });
    expect(await entries([randomUUID()])).toEqual({ mine: [], queue: [], others: [], waiting: 1, unread: 0 });
    await take();
    expect(await entries([conversationId])).toMatchObject({ mine: [{ id: conversationId }], queue: [], waiting: 0 });
  });

  it("continues one list only", async () => {
    const listMine = jest.spyOn(conversations, "listMine");
    const listQueue = jest.spyOn(conversations, "listQueue");
    await listInbox(ports(), first, { limit: 5, cursor: { list: "queue", position } });
    expect(listMine).not.toHaveBeenCalled();
    expect(listQueue).toHaveBeenCalledWith({ limit: 5, after: position });
    await listInbox(ports(), first, { limit: 5, cursor: { list: "mine", position } });
    expect(listMine).toHaveBeenCalledWith(first, { limit: 5, after: position });
    expect(listQueue).toHaveBeenCalledTimes(1);
  });
});

test("lists an admin the conversations of others", async () => {
  const admin = agent({ role: "admin" });
  expect(await listOthers(ports(), admin, { limit: 5 })).toMatchObject({ items: [] });
  await take();
  expect(await listOthers(ports(), admin, { limit: 5 })).toMatchObject({ items: [{ id: conversationId }] });
});
