import { type Identity } from "./ports/identity";
import { type EndedReason, type Principal } from "./principal";

/**
 * Finds the sessions of connected principals that have ended. Asks about each session once, however many connections it has.
 * @returns the reason by session id
 */
export async function findEndedSessions(
  { identity }: { readonly identity: Identity },
  connected: Iterable<Principal>,
): Promise<ReadonlyMap<string, EndedReason>> {
  const sessions = new Map<string, Principal>();
  for (const principal of connected) sessions.set(principal.sessionId, principal);
  const ended = await identity.ended([...sessions.values()]);
  return new Map([...ended].map(([{ sessionId }, reason]) => [sessionId, reason]));
}
