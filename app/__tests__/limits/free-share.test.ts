import { FreeShare } from "../../server/limits/free-share";
import { type Limiter, type Verdict } from "../../server/limits/limiter";

const SHARE = { name: "test", points: 2, durationSec: 60 };

class Refusing implements Limiter {
  readonly asked: string[] = [];
  consume(key: string): Promise<Verdict> {
    this.asked.push(key);
    return Promise.resolve({ allowed: false, retryAfterMs: 1, excess: 2 });
  }
}

it("asks the limit only for keys that come more often than their share", async () => {
  const limit = new Refusing();
  const limiter = new FreeShare(SHARE, limit);
  const verdicts: boolean[] = [];
  for (const key of ["a", "b", "a", "a", "b", "a"]) verdicts.push((await limiter.consume(key)).allowed);
  expect(verdicts).toEqual([true, true, true, false, true, false]);
  expect(limit.asked).toEqual(["a", "a"]);
});

it("gives the share anew in each window, and not before", async () => {
  let now = 1000;
  const limit = new Refusing();
  const limiter = new FreeShare({ ...SHARE, points: 1 }, limit, () => now);
  const allowed = async (): Promise<boolean> => (await limiter.consume("a")).allowed;
  expect(await allowed()).toBe(true);
  now += 59_999;
  expect(await allowed()).toBe(false);
  now += 1;
  expect(await allowed()).toBe(true);
});
