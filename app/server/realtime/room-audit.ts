import { type Log } from "../operations/log";
import { type MessageLog } from "../services";
import { conversationOfRoom } from "./rooms";
import { type RealtimeServer, type RealtimeSocket } from "./types";

export interface RoomAuditOptions {
  readonly io: RealtimeServer;
  readonly messages: MessageLog;
  readonly log: Log;
}

/**
 * Takes the sockets of this task out of the rooms that they may not read any more. Run after a gap in the talk between tasks, in which
 * the word of a removal may have been lost. One question after the other: there is no hurry that would be worth a burst of queries.
 */
export async function auditRooms({ io, messages, log }: RoomAuditOptions): Promise<void> {
  for (const socket of io.sockets.sockets.values()) {
    try {
      await audit(socket, messages);
    } catch (error) {
      // The next gap, or the next sync of the client, asks again.
      log.warn({ err: error }, "could not check the rooms of a socket");
      return;
    }
  }
}

async function audit(socket: RealtimeSocket, messages: MessageLog): Promise<void> {
  const joined = [...socket.rooms].filter((room) => conversationOfRoom(room) !== undefined);
  if (joined.length === 0) return;
  const ids = joined.map((room) => conversationOfRoom(room) ?? "");
  const readable = await messages.readable(socket.data.principal, ids);
  for (const room of joined) {
    if (!readable.has(conversationOfRoom(room) ?? "")) await socket.leave(room);
  }
}
