import { isConnectionError } from "../../aws/errors";
import { type Clock } from "./clock";

/** How long AWS may not answer before a wait ends. What was started goes on without it. */
const SILENCE_MS = 120_000;
const RETRY_MS = 5000;

export interface PatientReadOptions {
  readonly clock: Clock;
  readonly print: (line: string) => void;
  /** What goes on at AWS meanwhile: `the deployment`. */
  readonly subject: string;
}

/** Reads from AWS, and tries again for two minutes while the connection is lost. */
export async function patientRead<T>(
  read: () => Promise<T>,
  { clock, print, subject }: PatientReadOptions,
): Promise<T> {
  const started = clock.now();
  for (;;) {
    try {
      return await read();
    } catch (error) {
      const isOver = clock.now() - started >= SILENCE_MS;
      if (isOver || !isConnectionError(error)) throw error;
      if (clock.now() === started) print(`AWS cannot be reached; ${subject} goes on. Trying again.`);
      await clock.sleep(RETRY_MS);
    }
  }
}
