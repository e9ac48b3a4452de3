import { setTimeout } from "node:timers/promises";
import { type TwinStatus } from "./status";

const POLL_EVERY_MS = 100;

/** Polls the status until the condition holds. @throws Error with the last status after `withinMs` */
export async function waitForStatus(
  read: () => TwinStatus,
  condition: (status: TwinStatus) => boolean,
  withinMs: number,
): Promise<TwinStatus> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const status = read();
    if (condition(status)) return status;
    if (Date.now() > deadline) {
      const last = JSON.stringify(status, undefined, 2);
      throw new Error(`the twin did not reach the expected status within ${withinMs} ms; its last status: ${last}`);
    }
    await setTimeout(POLL_EVERY_MS);
  }
}
