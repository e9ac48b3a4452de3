import { type Identity } from "./ports/identity";
import { type Principal } from "./principal";

/** Returns the principal of a new ticket when it is valid and of the same session as the current one. */
export function refreshSession(
  { identity }: { readonly identity: Identity },
  current: Principal,
  ticket: string,
): Principal | undefined {
  const next = identity.verifyTicket(ticket);
  return next !== undefined && isSameSession(next, current) ? next : undefined;
}

function isSameSession(a: Principal, b: Principal): boolean {
  return a.kind === b.kind && a.userId === b.userId && a.sessionId === b.sessionId;
}
