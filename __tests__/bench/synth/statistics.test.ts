import { type Sample } from "../../../bench/synth/measure";
import { pairwiseRatio } from "../../../bench/synth/statistics";
import { percentile, spread } from "../../../bench/shared/statistics";

const sample = (wallMs: number): Sample => ({ wallMs, userMs: 1, systemMs: 1, peakMiB: 1 });

describe("spread", () => {
  it("sorts by number, not by text", () => {
    expect(spread([100, 20, 3])).toEqual({ min: 3, median: 20, max: 100 });
  });

  it("takes the middle of two", () => {
    expect(spread([4, 1, 2, 8])).toEqual({ min: 1, median: 3, max: 8 });
  });

  it("refuses an empty list", () => {
    expect(() => spread([])).toThrow("spread: expected at least one value, got none.");
  });
});

describe("percentile", () => {
  it("is the value that the given share does not exceed", () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([percentile(values, 0), percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1)]).toEqual([
      1, 50, 99, 100,
    ]);
    expect(percentile([7], 0.5)).toBe(7);
  });

  it("refuses an empty list", () => {
    expect(() => percentile([], 0.5)).toThrow("percentile: expected at least one value, got none.");
  });
});

describe("pairwiseRatio", () => {
  it("compares within each round, so that a slow round does not matter", () => {
    const ours = [sample(10), sample(1000), sample(12)];
    const theirs = [sample(20), sample(2000), sample(20)];
    expect(pairwiseRatio(ours, theirs, "wallMs")).toEqual({ min: 0.5, median: 0.5, max: 0.6 });
  });

  it("refuses different numbers of samples", () => {
    expect(() => pairwiseRatio([sample(1)], [], "wallMs")).toThrow(
      "ratioByRound: expected the same number of samples of both, got 1 and 0.",
    );
  });
});
