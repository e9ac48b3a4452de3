import { UserError } from "../command-line/user-error";

/** A mistake in using the twin: nothing applied yet, a missing program, an unknown name. */
export class TwinError extends UserError {
  override readonly name = "TwinError";
}

/** Returns a server of the applied topology. @throws TwinError when it has none */
export function required<T>(server: T | undefined, name: string): T {
  if (server === undefined) throw new TwinError(`the applied topology has no ${name}.`);
  return server;
}
