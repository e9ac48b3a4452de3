import { bucketsOf, deliveriesOf, percentilesOf } from "../../../bench/faults/audit/latency";
import { Journal } from "../../../bench/faults/crowd/journal";

it("measures each delivery from writing to the first time another reader saw it", () => {
  const journal = new Journal();
  journal.attempted("a", "c", "ada");
  journal.shown("a", "ada");
  journal.shown("a", "ben");
  const { writtenMs, shownMs } = journal.attempts.get("a")!;
  const firstShownMs = shownMs.get("ben")!;
  journal.shown("a", "ben");
  expect(deliveriesOf(journal.attempts.values())).toEqual([{ atMs: writtenMs, ms: firstShownMs - writtenMs }]);
});

it("groups deliveries by the time of writing", () => {
  const deliveries = [1, 2, 3, 500, 501].map((atMs) => ({ atMs, ms: atMs }));
  expect(bucketsOf(deliveries, 500)).toEqual([
    { atMs: 0, messages: 3, p50Ms: 2, p99Ms: 3 },
    { atMs: 500, messages: 2, p50Ms: 500, p99Ms: 501 },
  ]);
});

it("has no percentiles without deliveries", () => {
  expect(percentilesOf([])).toBeUndefined();
  expect(percentilesOf([{ atMs: 0, ms: 7 }])).toEqual({ p50Ms: 7, p99Ms: 7 });
});
