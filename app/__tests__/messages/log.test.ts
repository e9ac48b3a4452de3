import { randomUUID } from "node:crypto";
import { MAX_PAGE } from "../../protocol";
import { type EmbeddedDatabase } from "../../server/data/embedded-database";
import { MAX_BYTES_AT_ONCE, MAX_MESSAGES_AT_ONCE, PostgresMessageLog } from "../../server/messages";
import { type AgentPrincipal, type Principal, type VisitorPrincipal } from "../../server/domain/principal";
import { openEmbeddedDatabase } from "../helpers/embedded-database";
import { join, makeAgent, makeVisitor } from "../helpers/people";

let database: EmbeddedDatabase;
let log: PostgresMessageLog;
let visitor: VisitorPrincipal;
let member: AgentPrincipal;
let stranger: AgentPrincipal;
let admin: AgentPrincipal;
let otherVisitor: VisitorPrincipal;

beforeAll(async () => {
  database = await openEmbeddedDatabase();
  log = new PostgresMessageLog(database);
  [member, stranger, admin] = [
    await makeAgent(database),
    await makeAgent(database),
    await makeAgent(database, "admin"),
  ] as const;
});

afterAll(() => database.close());

beforeEach(async () => {
  [visitor, otherVisitor] = [await makeVisitor(database), await makeVisitor(database)];
  await join(database, visitor.conversationId, member);
});

const newMessage = (body = "hello", clientMessageId: string = randomUUID()) => ({
  conversationId: visitor.conversationId,
  clientMessageId,
  body,
});

const statusOf = async (conversationId: string) => {
  const rows = await database.query<{ status: string }>(
    { name: "status", text: "select status from conversation where id = $1" },
    [conversationId],
  );
  return rows[0]?.status;
};

describe("append", () => {
  test("stores the message with the session's sender, and counts from 1", async () => {
    const sent = newMessage("こんにちは 👩‍👩‍👧");
    const before = Date.now();
    const result = await log.append(member, sent);
    expect(result).toEqual({
      kind: "stored",
      message: {
        ...sent,
        seq: 1,
        senderKind: "agent",
        senderId: member.userId,
        senderName: member.name,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      },
      memberIds: [member.userId],
      reopened: false,
    });
    const message = result.kind === "stored" ? result.message : undefined;
    expect(Date.parse(message?.createdAt ?? "")).toBeGreaterThanOrEqual(before - 1000);
    expect(await log.append(visitor, newMessage())).toMatchObject({ kind: "stored", message: { seq: 2 } });
    const pages = await log.after(member, { [visitor.conversationId]: 0 });
    expect(pages.get(visitor.conversationId)?.messages[0]).toEqual(message);
  });

  test("a repeated message returns the first one, and uses no seq", async () => {
    const sent = newMessage();
    const first = await log.append(member, sent);
    expect(await log.append(member, sent)).toEqual({ ...first, kind: "duplicate" });
    expect(await log.append(member, newMessage())).toMatchObject({ message: { seq: 2 } });
  });

  test("a duplicate keeps the sender's name at the time of sending", async () => {
    const sent = newMessage();
    const first = await log.append(member, sent);
    expect(await log.append({ ...member, name: "Married" }, sent)).toEqual({ ...first, kind: "duplicate" });
  });

  test("the same id with another text or sender is a conflict that reveals nothing", async () => {
    const sent = newMessage();
    await log.append(member, sent);
    expect(await log.append(member, { ...sent, body: "other" })).toEqual({ kind: "conflict" });
    expect(await log.append(visitor, sent)).toEqual({ kind: "conflict" });
    expect(await log.append(admin, sent)).toEqual({ kind: "conflict" });
  });

  test("one client message id may be used in two conversations", async () => {
    const sent = newMessage();
    await log.append(visitor, sent);
    const elsewhere = { ...sent, conversationId: otherVisitor.conversationId };
    expect(await log.append(otherVisitor, elsewhere)).toMatchObject({ kind: "stored", message: { seq: 1 } });
  });

  test.each<[string, () => Principal]>([
    ["an agent who is no member", () => stranger],
    ["another customer", () => otherVisitor],
    ["a customer with the id of a member", () => ({ ...otherVisitor, userId: member.userId })],
    ["an agent with the id of the customer", () => ({ ...stranger, userId: visitor.userId })],
  ])("%s finds no conversation, and no earlier message either", async (_, principal) => {
    const sent = newMessage();
    await log.append(member, sent);
    expect(await log.append(principal(), sent)).toEqual({ kind: "not-found" });
    expect(await log.append(principal(), newMessage())).toEqual({ kind: "not-found" });
    const pages = await log.after(member, { [visitor.conversationId]: 0 });
    expect(pages.get(visitor.conversationId)?.headSeq).toBe(1);
  });

  test("a foreign conversation is answered like one that does not exist", async () => {
    const nowhere = { ...newMessage(), conversationId: randomUUID() };
    for (const principal of [member, admin, visitor]) {
      expect(await log.append(principal, nowhere)).toEqual({ kind: "not-found" });
    }
  });

  test("an admin may write in every conversation", async () => {
    expect(await log.append(admin, newMessage())).toMatchObject({
      kind: "stored",
      message: { senderId: admin.userId },
    });
  });

  test("a removed member may not write any more", async () => {
    await database.query({ name: "remove", text: "delete from conversation_member where user_id = $1" }, [
      member.userId,
    ]);
    expect(await log.append(member, newMessage())).toEqual({ kind: "not-found" });
  });

  test("a customer's message reopens a closed conversation, an agent's does not", async () => {
    await database.query({ name: "close", text: "update conversation set status = 'closed' where id = $1" }, [
      visitor.conversationId,
    ]);
    await log.append(member, newMessage());
    expect(await statusOf(visitor.conversationId)).toBe("closed");
    const reopening = newMessage();
    expect(await log.append(visitor, reopening)).toMatchObject({ reopened: true, memberIds: [member.userId] });
    expect(await statusOf(visitor.conversationId)).toBe("open");
    expect(await log.append(visitor, reopening)).toMatchObject({ kind: "duplicate", reopened: false });
    expect(await log.append(visitor, newMessage())).toMatchObject({ kind: "stored", reopened: false });
    expect(
      await log.append(otherVisitor, { ...newMessage(), conversationId: otherVisitor.conversationId }),
    ).toMatchObject({ memberIds: [] });
  });

  test.each([
    ["quotes", `'; drop table message; --`],
    ["a placeholder", "$1 $2 %s"],
    ["a backslash", "\\x00 \\"],
    ["markup", "<img src=x onerror=alert(1)>"],
    ["an override of direction", "\u202Eabc"],
  ])("text with %s is stored as it is", async (_, body) => {
    await log.append(member, newMessage(body));
    const pages = await log.after(member, { [visitor.conversationId]: 0 });
    expect(pages.get(visitor.conversationId)?.messages.map((message) => message.body)).toEqual([body]);
  });
});

describe("after", () => {
  const send = async (count: number) => {
    for (let n = 1; n <= count; n += 1) await log.append(member, newMessage(String(n)));
  };

  test("returns the messages after the seq, in order, with the head", async () => {
    await send(4);
    const pages = await log.after(visitor, { [visitor.conversationId]: 2 });
    const page = pages.get(visitor.conversationId);
    expect(page?.messages.map(({ seq, body }) => [seq, body])).toEqual([
      [3, "3"],
      [4, "4"],
    ]);
    expect(page?.headSeq).toBe(4);
  });

  test("a conversation without new messages has an empty page", async () => {
    await send(1);
    for (const seq of [1, 7, Number.MAX_SAFE_INTEGER]) {
      const pages = await log.after(member, { [visitor.conversationId]: seq });
      expect(pages.get(visitor.conversationId)).toEqual({ messages: [], headSeq: 1, status: "open" });
    }
  });

  test("a foreign conversation is missing from the result", async () => {
    await send(1);
    const asked = { [visitor.conversationId]: 0, [otherVisitor.conversationId]: 0, [randomUUID()]: 0 };
    expect([...(await log.after(member, asked)).keys()]).toEqual([visitor.conversationId]);
    expect([...(await log.after(stranger, asked)).keys()]).toEqual([]);
    expect([...(await log.after(otherVisitor, asked)).keys()]).toEqual([otherVisitor.conversationId]);
    expect(new Set((await log.after(admin, asked)).keys())).toEqual(
      new Set([visitor.conversationId, otherVisitor.conversationId]),
    );
  });

  test("returns nothing for no conversations", async () => {
    expect((await log.after(member, {})).size).toBe(0);
  });

  test(`a page ends at ${MAX_PAGE}, and many conversations share ${MAX_MESSAGES_AT_ONCE}`, async () => {
    await database.query(
      {
        name: "fill",
        text: `insert into message (conversation_id, seq, client_message_id, sender_kind, sender_id, sender_name, body, created_at)
               select $1, n, gen_random_uuid(), 'agent', $2, 'filler', n::text, now() from generate_series(1, 250) n`,
      },
      [visitor.conversationId, member.userId],
    );
    await database.query({ name: "fill-head", text: "update conversation set last_seq = 250 where id = $1" }, [
      visitor.conversationId,
    ]);
    const one = (await log.after(member, { [visitor.conversationId]: 0 })).get(visitor.conversationId);
    expect([one?.messages.length, one?.headSeq]).toEqual([MAX_PAGE, 250]);
    const others = Object.fromEntries(Array.from({ length: 99 }, () => [randomUUID(), 0]));
    const shared = (await log.after(member, { [visitor.conversationId]: 0, ...others })).get(visitor.conversationId);
    expect(shared?.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe("a page of long messages", () => {
  const LONG = "界".repeat(4000);
  const bytesOf = (messages: readonly { readonly body: string }[] = []) =>
    messages.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
  const fill = async (conversationId: string) => {
    await database.query(
      {
        name: "fill-long",
        text: `insert into message (conversation_id, seq, client_message_id, sender_kind, sender_id, sender_name, body, created_at)
               select $1, n, gen_random_uuid(), 'agent', $2, 'filler', $3, now() from generate_series(1, 60) n`,
      },
      [conversationId, member.userId, LONG],
    );
    await database.query({ name: "fill-60", text: "update conversation set last_seq = 60 where id = $1" }, [
      conversationId,
    ]);
  };

  test("ends after 64 KiB of text, and the next ones have the rest", async () => {
    await fill(visitor.conversationId);
    const seqs: number[] = [];
    for (let known = 0; known < 60; known = seqs.at(-1) ?? 60) {
      const page = (await log.after(visitor, { [visitor.conversationId]: known })).get(visitor.conversationId);
      expect(bytesOf(page?.messages)).toBeLessThan(MAX_BYTES_AT_ONCE + Buffer.byteLength(LONG));
      expect(page?.headSeq).toBe(60);
      seqs.push(...(page?.messages.map(({ seq }) => seq) ?? []));
    }
    expect(seqs).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });

  test("is as limited backwards, ending with the newest", async () => {
    await fill(visitor.conversationId);
    const page = await log.before(visitor, visitor.conversationId, { seq: 61, limit: 100 });
    expect(bytesOf(page)).toBeLessThan(MAX_BYTES_AT_ONCE + Buffer.byteLength(LONG));
    expect(page?.at(-1)?.seq).toBe(60);
    expect(page?.length).toBe(60 - (page?.[0]?.seq ?? 0) + 1);
  });

  test("has one message of each conversation at least", async () => {
    await fill(visitor.conversationId);
    const others = Object.fromEntries(Array.from({ length: 99 }, () => [randomUUID(), 0]));
    const shared = await log.after(visitor, { [visitor.conversationId]: 0, ...others });
    expect(shared.get(visitor.conversationId)?.messages.map(({ seq }) => seq)).toEqual([1]);
  });
});

test("before returns the messages right before a seq, in order; nothing to a stranger", async () => {
  for (let n = 1; n <= 5; n += 1) await log.append(member, newMessage(String(n)));
  const seqs = async (principal: Principal, seq: number, limit: number) =>
    (await log.before(principal, visitor.conversationId, { seq, limit }))?.map((message) => message.seq);
  expect(await seqs(member, 4, 2)).toEqual([2, 3]);
  expect(await seqs(visitor, Number.MAX_SAFE_INTEGER, 2)).toEqual([4, 5]);
  expect(await seqs(admin, 1, 2)).toEqual([]);
  expect(await seqs(stranger, 4, 2)).toBeUndefined();
  expect(await seqs(otherVisitor, 4, 2)).toBeUndefined();
});

test("readable returns the readable conversations", async () => {
  const ids = [visitor.conversationId, otherVisitor.conversationId, randomUUID()];
  expect(await log.readable(member, ids)).toEqual(new Set([visitor.conversationId]));
  expect(await log.readable(stranger, ids)).toEqual(new Set());
  expect(await log.readable(otherVisitor, ids)).toEqual(new Set([otherVisitor.conversationId]));
  expect(await log.readable(admin, ids)).toEqual(new Set([visitor.conversationId, otherVisitor.conversationId]));
  expect(await log.readable(member, [])).toEqual(new Set());
});

describe("markRead", () => {
  const read = async () => {
    const rows = await database.query<{ agent: number; visitor: number }>(
      {
        name: "read",
        text: `select m.last_read_seq as agent, c.visitor_last_read_seq as visitor
               from conversation c join conversation_member m on m.conversation_id = c.id where c.id = $1`,
      },
      [visitor.conversationId],
    );
    return [rows[0]?.agent, rows[0]?.visitor];
  };

  beforeEach(async () => {
    for (let n = 1; n <= 3; n += 1) await log.append(member, newMessage());
  });

  test("moves forward only, never past the head, and separately for each person", async () => {
    expect(await log.markRead(member, visitor.conversationId, 2)).toBe(2);
    expect(await read()).toEqual([2, 0]);
    expect(await log.markRead(member, visitor.conversationId, 1)).toBe(1);
    expect(await read()).toEqual([2, 0]);
    expect(await log.markRead(visitor, visitor.conversationId, Number.MAX_SAFE_INTEGER)).toBe(3);
    expect(await read()).toEqual([2, 3]);
  });

  test("is refused for a foreign conversation; an admin who is not a member leaves no mark", async () => {
    expect(await log.markRead(stranger, visitor.conversationId, 3)).toBeUndefined();
    expect(await log.markRead(otherVisitor, visitor.conversationId, 3)).toBeUndefined();
    expect(await log.markRead(member, randomUUID(), 3)).toBeUndefined();
    expect(await log.markRead(admin, visitor.conversationId, 3)).toBe(3);
    expect(await read()).toEqual([0, 0]);
  });
});
