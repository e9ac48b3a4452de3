import { Interruption, interruptibleClock, unlessInterrupted } from "../../../tools/verify-aws/interruption";

it("ends the checks at the first signal, and the destruction at the second", async () => {
  const interruption = new Interruption();
  const seen: boolean[] = [];
  const before = process.listenerCount("SIGINT");
  await interruption.during(
    () => {
      process.emit("SIGINT");
      expect([interruption.first.aborted, interruption.second.aborted]).toEqual([true, false]);
      process.emit("SIGTERM");
      expect(interruption.second.aborted).toBe(true);
      return Promise.resolve();
    },
    (isFirst) => seen.push(isFirst),
  );
  expect(seen).toEqual([true, false]);
  expect(process.listenerCount("SIGINT")).toBe(before);
});

it("wakes what waits on the clock, with an error", async () => {
  const interruption = new Interruption();
  const clock = interruptibleClock(interruption.first);
  const waiting = clock.sleep(60_000);
  interruption.interrupt();
  await expect(waiting).rejects.toThrow("interrupted");
  await expect(clock.sleep(60_000)).rejects.toThrow("interrupted");
});

it("lets an apply be followed that Terraform is still ending", async () => {
  const interruption = new Interruption();
  interruption.interrupt();
  const applied = new AbortController();
  const following = interruptibleClock(interruption.first).sleep(60_000, applied.signal);
  applied.abort();
  await expect(following).resolves.toBeUndefined();
});

it("does not wait for work that cannot be stopped", async () => {
  const interruption = new Interruption();
  const work = unlessInterrupted(interruption.first, () => new Promise<never>(() => undefined));
  interruption.interrupt();
  await expect(work).rejects.toThrow("interrupted");
  const later = jest.fn();
  await expect(unlessInterrupted(interruption.first, later)).rejects.toThrow("interrupted");
  expect(later).not.toHaveBeenCalled();
});

it("returns what the work returns", async () => {
  await expect(unlessInterrupted(new Interruption().first, () => Promise.resolve(7))).resolves.toBe(7);
});
