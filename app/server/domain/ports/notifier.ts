import { type Message } from "../../../protocol";

/** Tells connected clients, on every task, about changes that are committed already. A notice may be lost; clients then catch up. */
export interface Notifier {
  /** Sends a message to the conversation's subscribers. */
  message(message: Message): void;
  inboxChanged(userIds: readonly string[], conversationId: string): void;
  /** Tells every agent. */
  inboxChangedForAll(conversationId: string): void;
  /** Ends the user's subscriptions to the conversation. */
  removeFromConversation(userId: string, conversationId: string): void;
  /** Closes every socket of the session. */
  endSession(sessionId: string): void;
  /** Closes every socket of the user. */
  endUser(userId: string): void;
}
