import { type Log } from "../operations/log";

/** Milliseconds within which the same client's further errors are not logged: while Redis is away there is one for every try. */
const QUIET_MS = 5000;

interface Emitter {
  on(event: "error", listener: (error: unknown) => void): unknown;
}

/** Without a listener an error would end the process; with one, the client goes on by itself. */
export function logRedisErrors(client: Emitter, name: string, log: Log): void {
  let quietUntil = 0;
  client.on("error", (error) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + QUIET_MS;
    log.warn({ client: name, reason: reasonOf(error) }, "trouble with Redis");
  });
}

/** The message alone: some errors carry the command that failed, and that could be AUTH. A refused connection is one error for each address. */
function reasonOf(error: unknown): string {
  const { message, errors } = (error ?? {}) as { readonly message?: unknown; readonly errors?: unknown };
  if (Array.isArray(errors)) return errors.map(reasonOf).join("; ");
  return typeof message === "string" ? message : "unknown";
}
