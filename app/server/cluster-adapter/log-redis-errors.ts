import { type Log } from "../operations/log";

/** Milliseconds in which further errors of the same client are not logged: while Redis is unavailable, every attempt fails. */
const QUIET_MS = 5000;

interface Emitter {
  on(event: "error", listener: (error: unknown) => void): unknown;
}

/** Logs a client's errors. Without a listener they would end the process; with one, the client reconnects. */
export function logRedisErrors(client: Emitter, name: string, log: Log): void {
  let quietUntil = 0;
  client.on("error", (error) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + QUIET_MS;
    log.warn({ client: name, reason: reasonOf(error) }, "trouble with Redis");
  });
}

/** Returns the message only: some errors contain the failed command, which may be AUTH. A refused connection has one error per address. */
function reasonOf(error: unknown): string {
  const { message, errors } = (error ?? {}) as { readonly message?: unknown; readonly errors?: unknown };
  if (Array.isArray(errors)) return errors.map(reasonOf).join("; ");
  return typeof message === "string" ? message : "unknown";
}
