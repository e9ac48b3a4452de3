import { sharedLimiter, taskLimiter } from "../../server/limits/limiter";

const LIMIT = { name: "test", points: 3, durationSec: 60 };

describe("a limiter of one task", () => {
  it("allows its number of calls for each key", async () => {
    const limiter = taskLimiter(LIMIT);
    const verdicts = await Promise.all(["a", "a", "a", "b"].map((key) => limiter.consume(key)));
    expect(verdicts.every(({ allowed }) => allowed)).toBe(true);
    expect(await limiter.consume("a")).toEqual({
      allowed: false,
      retryAfterMs: expect.any(Number) as number,
      excess: 4 / 3,
    });
  });
});

describe("a shared limiter whose store", () => {
  const allowed = async (redis: object): Promise<boolean[]> => {
    const limiter = sharedLimiter(LIMIT, redis);
    const verdicts: boolean[] = [];
    for (let i = 0; i < 4; i++) verdicts.push((await limiter.consume("a")).allowed);
    return verdicts;
  };

  it("does not exist counts on this task", async () => {
    expect(sharedLimiter(LIMIT, undefined)).toBeDefined();
    expect(await allowed({ isReady: false })).toEqual([true, true, true, false]);
  });

  it("fails counts in memory", async () => {
    const failing = { isReady: true, eval: () => Promise.reject(new Error("OOM command not allowed")) };
    expect(await allowed(failing)).toEqual([true, true, true, false]);
  });

  it("hangs counts in memory after a short wait", async () => {
    expect(await allowed({ isReady: true, eval: () => new Promise(() => undefined) })).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it("answers uses that count", async () => {
    let count = 2;
    expect(await allowed({ isReady: true, eval: () => Promise.resolve([++count, 1000]) })).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
