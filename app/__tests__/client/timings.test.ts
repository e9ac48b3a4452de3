import { backoffMs, jittered, reconnectMs } from "../../client/timings";

const times = { baseMs: 1000, maxMs: 15_000 };

describe("backoffMs", () => {
  it.each([
    [0, 500, 1500],
    [1, 1000, 3000],
    [3, 4000, 12_000],
    [4, 7500, 22_500],
    [1000, 7500, 22_500],
  ])("waits at attempt %i between %i and %i ms", (attempt, least, most) => {
    expect(backoffMs(attempt, times, () => 0)).toBe(least);
    expect(backoffMs(attempt, times, () => 1)).toBe(most);
  });
});

describe("reconnectMs", () => {
  it.each([
    [0, 0, 1000],
    [1, 500, 1500],
    [2, 1000, 3000],
    [1000, 7500, 22_500],
  ])("waits at attempt %i between %i and %i ms", (attempt, least, most) => {
    expect(reconnectMs(attempt, times, () => 0)).toBe(least);
    expect(reconnectMs(attempt, times, () => 1)).toBe(most);
  });
});

describe("jittered", () => {
  it("spreads over half to one and a half times", () => {
    expect([0, 0.5, 1].map((random) => jittered(100, () => random))).toEqual([50, 100, 150]);
  });
});
