import { ConversationLog } from "../../client/conversation-log";
import { type Message } from "../../protocol";

function message(seq: number): Message {
  return {
    conversationId: "c",
    seq,
    clientMessageId: `id-${seq}`,
    senderKind: "visitor",
    senderId: "v",
    senderName: "Vera",
    body: `message ${seq}`,
    createdAt: "2026-01-01T00:00:00.000Z",
  };
}

function seqs(messages: readonly Message[]): number[] {
  return messages.map(({ seq }) => seq);
}

/** Returns a generator of pseudo-random numbers below 1, the same in each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

describe("ConversationLog", () => {
  it("stores messages in order, and duplicates once", () => {
    const log = new ConversationLog(0);
    expect(seqs(log.insert(message(1)))).toEqual([1]);
    expect(seqs(log.insert(message(1)))).toEqual([]);
    expect(seqs(log.insert(message(2)))).toEqual([2]);
    expect(seqs(log.messages)).toEqual([1, 2]);
    expect([log.from, log.to, log.head]).toEqual([0, 2, 2]);
  });

  it("notices another message where it has one, and starts again without returning a message twice", () => {
    const log = new ConversationLog(0);
    for (const seq of [1, 2, 3]) log.insert(message(seq));
    const other = { ...message(3), clientMessageId: "written after a restore" };
    expect(log.contradicts(message(3))).toBe(false);
    expect(log.contradicts(message(4))).toBe(false);
    expect(log.contradicts(other)).toBe(true);
    log.restart(3);
    expect([log.from, log.to, log.head, log.messages]).toEqual([0, 0, 3, []]);
    expect([message(1), message(2), other].flatMap((each) => log.insert(each))).toEqual([other]);
    expect(log.messages.map(({ clientMessageId }) => clientMessageId)).toEqual(["id-1", "id-2", other.clientMessageId]);
  });

  it("says which messages have vanished when it has read everything again after a restart, and says it once", () => {
    const log = new ConversationLog(0);
    for (const seq of [1, 2, 3, 4]) log.insert(message(seq));
    expect(log.takeVanished()).toEqual([]);
    log.restart(3);
    log.insert(message(1));
    expect(log.takeVanished()).toEqual([]);
    log.insert(message(2));
    log.insert({ ...message(3), clientMessageId: "written after a restore" });
    expect(seqs(log.takeVanished())).toEqual([3, 4]);
    expect(log.takeVanished()).toEqual([]);
  });

  it("starts again before its own beginning, when the server's log ends there", () => {
    const log = new ConversationLog(50);
    log.insert(message(51));
    log.restart(40);
    expect([log.from, log.to, log.head]).toEqual([40, 40, 40]);
    expect(seqs(log.insert(message(41)))).toEqual([41]);
  });

  it("keeps messages beyond a gap until it is filled", () => {
    const log = new ConversationLog(0);
    log.insert(message(1));
    expect(log.insert(message(3))).toEqual([]);
    expect([log.to, log.head, log.has("id-3")]).toEqual([1, 3, false]);
    expect(seqs(log.insert(message(2)))).toEqual([2, 3]);
    expect([log.to, log.has("id-3")]).toEqual([3, true]);
  });

  it("never shows a gap, in whatever order and however often messages arrive", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = numbers(seed);
      const log = new ConversationLog(5);
      const told: number[] = [];
      const arriving = Array.from({ length: 60 }, () => 1 + Math.floor(random() * 30)).concat(
        Array.from({ length: 30 }, (_, index) => index + 1).sort(() => random() - 0.5),
      );
      for (const seq of arriving) {
        told.push(...seqs(log.insert(message(seq))));
        expect(seqs(log.messages)).toEqual(Array.from({ length: log.to - 5 }, (_, index) => index + 6));
      }
      expect(told).toEqual(Array.from({ length: 25 }, (_, index) => index + 6));
    }
  });

  it("returns the same array until something is added", () => {
    const log = new ConversationLog(0);
    log.insert(message(1));
    const before = log.messages;
    log.insert(message(1));
    log.insert(message(3));
    expect(log.messages).toBe(before);
    log.insert(message(2));
    expect(log.messages).not.toBe(before);
  });

  it("adds older messages in front, but only contiguous ones", () => {
    const log = new ConversationLog(4);
    log.insert(message(5));
    log.prepend([message(3), message(4), message(5)]);
    expect([seqs(log.messages), log.from]).toEqual([[3, 4, 5], 2]);
    log.prepend([message(1)]);
    expect([seqs(log.messages), log.from]).toEqual([[3, 4, 5], 2]);
  });
});
