import { type Clock } from "../deploy/service/clock";
import { patientRead } from "../deploy/service/patient-read";
import { isSteady, type ServiceSnapshot } from "../deploy/service/snapshot";

export interface SettleOptions {
  readonly read: () => Promise<ServiceSnapshot>;
  readonly clock: Clock;
  readonly print: (line: string) => void;
  /** Longest wait, in seconds. */
  readonly timeoutSec: number;
}

const POLL_MS = 5000;

/**
 * Waits until all tasks run and their targets are healthy, because the smoke test stops a task and does not wait for its successor. Gives up
 * without an error after the longest wait: doctor then says what is wrong.
 */
export async function untilSettled({ read, clock, print, timeoutSec }: SettleOptions): Promise<void> {
  const started = clock.now();
  while (clock.now() - started < timeoutSec * 1000) {
    const snapshot = await patientRead(read, { clock, print, subject: "the service" });
    if (isSteady(snapshot) && snapshot.targets.every(({ state }) => state === "healthy")) return;
    await clock.sleep(POLL_MS);
  }
}
