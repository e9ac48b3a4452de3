/** The conversations whose events one connection receives. */
export interface Subscriptions {
  has(conversationId: string): boolean;
  list(): readonly string[];
  /** Resolves once events of these conversations arrive. */
  add(conversationIds: readonly string[]): Promise<void> | void;
  remove(conversationId: string): Promise<void> | void;
}
