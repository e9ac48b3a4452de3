import { LocalQuota, withLocalQuota } from "../../server/limits/local-quota";

const SHARE = { name: "test", points: 2, durationSec: 60 };

it("allows each key its quota and no more", () => {
  const share = new LocalQuota(SHARE);
  expect(["a", "b", "a", "a", "b", "a"].map((key) => share.take(key))).toEqual([true, true, true, false, true, false]);
});

it("renews the quota in each window, and not before", () => {
  let now = 1000;
  const share = new LocalQuota({ ...SHARE, points: 1 }, () => now);
  expect(share.take("a")).toBe(true);
  now += 59_999;
  expect(share.take("a")).toBe(false);
  now += 1;
  expect(share.take("a")).toBe(true);
});

it("asks the limiter only about keys that have used up their quota", async () => {
  const asked: string[] = [];
  const refused = { allowed: false, retryAfterMs: 1000, excess: 2 } as const;
  const limiter = withLocalQuota(new LocalQuota(SHARE), {
    consume: (key) => {
      asked.push(key);
      return Promise.resolve(refused);
    },
  });
  const verdicts = [];
  for (const key of ["a", "a", "b", "a"]) verdicts.push(await limiter.consume(key));
  expect(verdicts).toEqual([{ allowed: true }, { allowed: true }, { allowed: true }, refused]);
  expect(asked).toEqual(["a"]);
});
