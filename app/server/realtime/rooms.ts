/** Names of the rooms that an emit may go to; one room per emit, so that tasks without a member of it need not decode the packet. */
export const rooms = {
  /** Everybody who may read the conversation and asked for it. */
  conversation: (conversationId: string): string => `conv:${conversationId}`,
  /** Every socket of one person. */
  user: (userId: string): string => `user:${userId}`,
  /** Every socket that was opened by one session. */
  session: (sessionId: string): string => `session:${sessionId}`,
  /** Every agent. */
  agents: "agents",
} as const;

const CONVERSATION = rooms.conversation("");

/** Id of the conversation whose room it is; `undefined` for any other room. */
export function conversationOfRoom(room: string): string | undefined {
  return room.startsWith(CONVERSATION) ? room.slice(CONVERSATION.length) : undefined;
}
