import { type SessionEnd } from "../../protocol";
import { type RealtimeServer, type RealtimeSocket } from "./types";

/** Closes a socket for good: a client that receives this event does not reconnect. */
export function endSocket(socket: RealtimeSocket, reason: SessionEnd): void {
  socket.emit("session:ended", { reason });
  socket.disconnect(true);
}

/** Closes every socket of a room for good, on every task. */
export function endRoom(io: RealtimeServer, room: string, reason: SessionEnd): void {
  io.to(room).emit("session:ended", { reason });
  io.in(room).disconnectSockets(true);
}
