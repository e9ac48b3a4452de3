/** Every other connection, on every task, that is subscribed to a conversation. */
export interface OtherSubscribers {
  /** Dropped for connections that are slow to read. */
  showTyping(notice: { readonly conversationId: string; readonly userId: string; readonly name: string }): void;
  showRead(notice: { readonly conversationId: string; readonly userId: string; readonly seq: number }): void;
}
