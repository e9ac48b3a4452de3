import { type Notifier } from "./ports/notifier";
import { type Sessions } from "./ports/sessions";

/** Ends a session for good and closes its sockets on every task. */
export async function endSession(
  { sessions, notifier }: { readonly sessions: Sessions; readonly notifier: Notifier },
  sessionId: string,
): Promise<void> {
  await sessions.revoke(sessionId);
  notifier.endSession(sessionId);
}
