import { Corpus, randomFrom } from "../../../bench/search/corpus";
import { report, type Result, TARGET_P95_MS, verdictOf } from "../../../bench/search/report";

function result(p95Ms: number, failed = 0): Result {
  const timing = { name: "ja 2", scope: "everything", p50Ms: 4, p95Ms, failed } as const;
  const variant = { mebibytes: 619.4, buildSec: 200, microsPerMessage: 103.2, timings: [timing] };
  const slow = { ...timing, p95Ms: 10 * TARGET_P95_MS };
  return {
    messages: 1_000_000,
    conversations: 20_000,
    variants: [
      { name: "ours", ...variant },
      { name: "pg_trgm", ...variant, timings: [slow] },
    ],
  };
}

test("the report has a row for each kind of search and a column for each index", () => {
  const page = report(result(120));
  expect(page).toContain("Searching 1,000,000 messages in 20,000 conversations");
  expect(page).toMatch(/\| ours +\| 619 +\| 200 +\| 103 +\|/);
  expect(page).toMatch(/\| ja 2 +\| everything \| 4\.0 \/ 120 \| 4\.0 \/ 3000 \|/);
});

test("only our own index has to be fast, and no search may fail", () => {
  expect(verdictOf(result(TARGET_P95_MS))).toBeUndefined();
  expect(verdictOf(result(TARGET_P95_MS + 1))).toBe(
    "search: expected a p95 of at most 300 ms, got ja 2, everything: 301 ms, 0 failed.",
  );
  expect(verdictOf(result(10, 1))).toContain("1 failed");
});

test("messages are the same for the same seed, and mostly different from each other", () => {
  const messages = (seed: number) =>
    Array.from(
      { length: 200 },
      (
        (corpus) => () =>
          corpus.message()
      )(new Corpus(seed)),
    );
  expect(messages(1)).toEqual(messages(1));
  expect(messages(1)).not.toEqual(messages(2));
  expect(new Set(messages(1)).size).toBeGreaterThan(190);
  const numbers = Array.from({ length: 1000 }, randomFrom(3));
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
});
