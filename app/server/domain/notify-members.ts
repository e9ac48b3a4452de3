import { type Notifier } from "./ports/notifier";

/** Tells a conversation's members that it changed; without members it is in the queue, which every agent sees. */
export function notifyMembers(notifier: Notifier, conversationId: string, userIds: readonly string[]): void {
  if (userIds.length === 0) notifier.inboxChangedForAll(conversationId);
  else notifier.inboxChanged(userIds, conversationId);
}
