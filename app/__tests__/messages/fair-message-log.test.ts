import { randomUUID } from "node:crypto";
import { RateLimited } from "../../server/domain/ports/errors";
import { FairMessageLog } from "../../server/messages/fair-message-log";
import { FairQueue } from "../../server/limits/fair-queue";
import { ReadBudget, ROWS_PER_READ } from "../../server/messages/read-budget";
import { MemoryLog } from "../helpers/memory-log";
import { agent } from "../helpers/principals";
import { ask, closeClients, connect, startTask } from "../helpers/task";

const ALLOWANCE = { rows: 100, bytes: 1000, rowsPerSec: 10, bytesPerSec: 100 };

afterEach(closeClients);

describe("ReadBudget", () => {
  let now: number;
  let budget: ReadBudget;
  beforeEach(() => {
    now = 0;
    budget = new ReadBudget(ALLOWANCE, () => now);
  });

  it("lets a reader read until the allowance is used up, and again when it has grown", () => {
    budget.charge("a", 100 - ROWS_PER_READ, 0);
    expect(budget.waitMs("a")).toBe(0);
    budget.charge("a", 20 - ROWS_PER_READ, 0);
    expect(budget.waitMs("a")).toBe(2000);
    now += 1500;
    expect(budget.waitMs("a")).toBe(500);
    now += 500;
    expect(budget.waitMs("a")).toBe(0);
  });

  it("counts bytes as well as rows, and the longer wait decides", () => {
    budget.charge("a", 110 - ROWS_PER_READ, 1500);
    expect(budget.waitMs("a")).toBe(5000);
  });

  it("charges a read that finds nothing", () => {
    for (let read = 0; read < 100 / ROWS_PER_READ + 1; read += 1) budget.charge("a", 0, 0);
    expect(budget.waitMs("a")).toBeGreaterThan(0);
  });

  it("is each reader's own, and never more than the allowance", () => {
    budget.charge("a", 1000, 0);
    expect(budget.waitMs("b")).toBe(0);
    now += 3_600_000;
    budget.charge("a", 120 - ROWS_PER_READ, 0);
    expect(budget.waitMs("a")).toBe(2000);
  });
});

describe("FairQueue", () => {
  const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

  it("runs one task of a key at a time, and the keys in turn", async () => {
    const queue = new FairQueue(1, 10);
    const order: string[] = [];
    const task = (name: string) => async () => {
      await soon();
      order.push(name);
    };
    const greedy = [1, 2, 3, 4].map((n) => queue.run("greedy", task(`greedy ${n}`)));
    await Promise.all([...greedy, queue.run("modest", task("modest"))]);
    expect(order).toEqual(["greedy 1", "modest", "greedy 2", "greedy 3", "greedy 4"]);
  });

  it("runs no more than its maximum, and no key twice at the same time", async () => {
    const queue = new FairQueue(3, 100);
    let [running, most] = [0, 0];
    const ofKey = new Map<string, number>();
    const task = (key: string) => async () => {
      most = Math.max(most, ++running);
      ofKey.set(key, (ofKey.get(key) ?? 0) + 1);
      expect(ofKey.get(key)).toBe(1);
      await soon();
      ofKey.set(key, 0);
      running -= 1;
    };
    await Promise.all(Array.from({ length: 40 }, (_, n) => queue.run(`key ${n % 8}`, task(`key ${n % 8}`))));
    expect(most).toBe(3);
  });

  it("has a key pause after a costly task, and no other key", async () => {
    const queue = new FairQueue(1, 10);
    const order: string[] = [];
    const task = (name: string) => () => Promise.resolve(void order.push(name));
    const costly = queue.run("a", task("a 1"), () => 60);
    const after = [queue.run("a", task("a 2")), queue.run("b", task("b 1")), queue.run("b", task("b 2"))];
    await Promise.all([costly, ...after]);
    expect(order).toEqual(["a 1", "b 1", "b 2", "a 2"]);
  });

  it("goes on after a task that fails, and forgets keys without tasks", async () => {
    const queue = new FairQueue(1, 1);
    const failing = queue.run("a", () => Promise.reject(new Error("x")));
    const next = queue.run("a", () => Promise.resolve("next"));
    expect(queue.isFull("a")).toBe(true);
    await expect(failing).rejects.toThrow("x");
    expect(await next).toBe("next");
    await soon();
    expect(queue.isFull("a")).toBe(false);
  });
});

describe("FairMessageLog", () => {
  /** The allowance grows by the second, and a slow machine takes some. */
  const stoppedClock = () => 0;
  const reader = agent();
  const other = agent();
  const conversationId = randomUUID();

  async function filled(): Promise<MemoryLog> {
    const log = new MemoryLog();
    for (const person of [reader, other]) log.admit(conversationId, person);
    for (let n = 0; n < 20; n += 1) {
      await log.append(reader, { conversationId, clientMessageId: randomUUID(), body: "界".repeat(10) });
    }
    return log;
  }

  it("refuses what is over the reader's allowance, and nothing of anybody else", async () => {
    const log = new FairMessageLog(await filled(), { maxReads: 2, budget: new ReadBudget(ALLOWANCE, stoppedClock) });
    const read = (who: typeof reader) => log.after(who, { [conversationId]: 0 });
    // 600 bytes each.
    await read(reader);
    await read(reader);
    await expect(read(reader)).rejects.toThrow(RateLimited);
    await expect(log.before(reader, conversationId, { seq: 5, limit: 2 })).rejects.toThrow(RateLimited);
    expect((await read(other)).get(conversationId)?.messages).toHaveLength(20);
    const sent = await log.append(reader, { conversationId, clientMessageId: randomUUID(), body: "still" });
    expect(sent.kind).toBe("stored");
  });

  it("refuses more waiting reads of one person than their tabs need", async () => {
    const log = new FairMessageLog(await filled(), { maxReads: 4 });
    const reads = Array.from({ length: 30 }, () => log.after(reader, { [conversationId]: 20 }).catch(() => "refused"));
    const refused = (await Promise.all(reads)).filter((result) => result === "refused");
    expect(refused.length).toBeGreaterThan(10);
  });

  it("answers a socket with RATE_LIMITED and the wait", async () => {
    const messages = new FairMessageLog(await filled(), {
      maxReads: 1,
      budget: new ReadBudget(ALLOWANCE, stoppedClock),
    });
    const task = await startTask({ messages });
    try {
      const socket = await connect(task, reader);
      const sync = () => ask(socket, "sync", { conversations: { [conversationId]: 0 } });
      expect(await sync()).toMatchObject({ ok: true });
      expect(await sync()).toMatchObject({ ok: true });
      const refused = await sync();
      expect(refused).toMatchObject({ ok: false, code: "RATE_LIMITED", retryable: true });
      // 200 bytes too many, at 100 bytes a second.
      expect(refused["retryAfterMs"]).toBe(2000);
    } finally {
      await task.close();
    }
  });
});
