import { type ConversationStatus, type Message } from "../../../protocol";

/** Tells connected clients, on every task, about changes that are committed already. A notice may be lost; clients then catch up. */
export interface Notifier {
  /** Sends a message to the conversation's subscribers. */
  message(message: Message): void;
  /** Tells users of new messages in a conversation that they may not have subscribed to: at once, then no more often than `ACTIVITY_MS`. */
  activity(userIds: readonly string[], conversationId: string): void;
  /** Tells the conversation's subscribers that it was closed or reopened after the message `seq`. */
  statusChanged(conversationId: string, status: ConversationStatus, seq: number): void;
  inboxChanged(userIds: readonly string[], conversationId: string): void;
  /** Tells every agent; without a conversation, that any number of them changed. */
  inboxChangedForAll(conversationId?: string): void;
  /** Ends the user's subscriptions to the conversation. */
  removeFromConversation(userId: string, conversationId: string): void;
  /** Closes every socket of the session. */
  endSession(sessionId: string): void;
  /** Closes every socket of the user. */
  endUser(userId: string): void;
}
