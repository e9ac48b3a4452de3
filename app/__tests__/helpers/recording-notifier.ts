import { type Notifier } from "../../server/domain/ports/notifier";

/** Records the calls of a notifier, one line for each. */
export class RecordingNotifier implements Notifier {
  readonly calls: string[] = [];

  inboxChanged = (userIds: readonly string[], conversationId: string) =>
    this.record(`inbox ${[...userIds].sort().join(",")} ${conversationId}`);
  inboxChangedForAll = (conversationId = "any") => this.record(`inbox all ${conversationId}`);
  activity = (userIds: readonly string[], conversationId: string) =>
    this.record(`activity ${[...userIds].sort().join(",")} ${conversationId}`);
  statusChanged = (conversationId: string, status: string, seq: number) =>
    this.record(`status ${conversationId} ${status} ${seq}`);
  removeFromConversation = (userId: string, conversationId: string) =>
    this.record(`remove ${userId} ${conversationId}`);
  endSession = (sessionId: string) => this.record(`end session ${sessionId}`);
  endUser = (userId: string) => this.record(`end user ${userId}`);
  message = () => this.record("message");

  /** Returns and forgets the calls so far. */
  take(): readonly string[] {
    return this.calls.splice(0);
  }

  private record(call: string): void {
    this.calls.push(call);
  }
}
