import { type MessageSearch, type SearchedMessage } from "../../server/domain/ports/message-search";
import { searchMessages, type SearchRequest } from "../../server/domain/search-messages";
import { agent } from "../helpers/principals";

/** Messages, newest first, all of which are candidates. */
class MemorySearch implements MessageSearch {
  reads = 0;
  askedForCustomers = 0;

  constructor(private readonly bodies: readonly string[]) {}

  candidates(_agent: unknown, { limit, after }: Parameters<MessageSearch["candidates"]>[1]) {
    this.reads++;
    const all = this.bodies.map((body, index) => found(body, this.bodies.length - index));
    const rest = after === undefined ? all : all.filter(({ message }) => message.seq < after.seq);
    return Promise.resolve({ messages: rest.slice(0, limit), isEnd: rest.length <= limit });
  }

  customers() {
    this.askedForCustomers++;
    return Promise.resolve([]);
  }

  unindexed() {
    return Promise.resolve({ conversations: [], isComplete: true });
  }
}

function found(body: string, seq: number): SearchedMessage {
  const sender = { senderKind: "visitor", senderId: "v", senderName: "Vera" } as const;
  const message = { conversationId: "c", seq, clientMessageId: `m${seq}`, ...sender, body, createdAt: "2026-01-01" };
  return { message, visitorName: "Vera" };
}

const request = (changes: Partial<SearchRequest> = {}): SearchRequest => ({
  terms: ["hit"],
  limit: 20,
  isCancelled: () => false,
  ...changes,
});

/** Reads every page, and returns the seqs of each. */
async function pages(search: MessageSearch): Promise<readonly (readonly number[])[]> {
  const all: (readonly number[])[] = [];
  for (let after: SearchRequest["after"]; ;) {
    const page = await searchMessages({ search }, agent(), request({ after }));
    all.push(page.messages.map(({ message }) => message.seq));
    if (page.next === undefined) return all;
    after = page.next;
  }
}

test("pages follow each other without a gap or a repetition, and leave out candidates that do not match", async () => {
  const bodies = Array.from({ length: 250 }, (_, index) => (index % 3 === 0 ? "a hit" : "not one"));
  const seqs = (await pages(new MemorySearch(bodies))).flat();
  expect(seqs).toEqual(bodies.flatMap((body, index) => (body === "a hit" ? [250 - index] : [])));
});

test("a page ends after a number of reads, so that no search reads without limit", async () => {
  const search = new MemorySearch([...Array.from({ length: 2000 }, () => "nothing"), "a hit"]);
  const first = await searchMessages({ search }, agent(), request());
  expect([first.messages.length, search.reads, first.next?.seq]).toEqual([0, 5, 1502]);
  expect((await pages(search)).flat()).toEqual([1]);
});

test("a search that nobody waits for reads no further", async () => {
  const search = new MemorySearch(Array.from({ length: 2000 }, () => "nothing"));
  await searchMessages({ search }, agent(), request({ isCancelled: () => search.reads >= 2 }));
  expect(search.reads).toBe(2);
});

test("only the first page has customers", async () => {
  const search = new MemorySearch(Array.from({ length: 60 }, () => "a hit"));
  expect(await pages(search)).toHaveLength(3);
  expect(search.askedForCustomers).toBe(1);
});
