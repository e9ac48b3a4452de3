/** Names of the Socket.IO rooms. */
export const rooms = {
  /** The connections that are subscribed to the conversation. */
  conversation: (conversationId: string): string => `conv:${conversationId}`,
  /** Every connection of one user or visitor. */
  user: (userId: string): string => `user:${userId}`,
  /** Every connection that was opened with one session. */
  session: (sessionId: string): string => `session:${sessionId}`,
  /** Every agent's connections. */
  agents: "agents",
  /** Every customer's connections. */
  visitors: "visitors",
} as const;

const CONVERSATION = rooms.conversation("");

/** Returns the id of the conversation whose room it is; `undefined` for any other room. */
export function conversationOfRoom(room: string): string | undefined {
  return room.startsWith(CONVERSATION) ? room.slice(CONVERSATION.length) : undefined;
}
