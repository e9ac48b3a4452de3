import { setTimeout as wait } from "node:timers/promises";

const TICK_MS = 5;

/** Calls `send` with 0, 1, 2, ... at a constant rate, without waiting for earlier calls, and resolves when all calls have. */
export async function sendAtRate(
  ratePerSec: number,
  seconds: number,
  send: (index: number) => Promise<void>,
): Promise<void> {
  const start = performance.now();
  const total = Math.round(ratePerSec * seconds);
  const answers: Promise<void>[] = [];
  while (answers.length < total) {
    const due = Math.min(total, ((performance.now() - start) / 1000) * ratePerSec);
    while (answers.length < due) answers.push(send(answers.length));
    await wait(TICK_MS);
  }
  await Promise.all(answers);
}
