import { type MessageLog } from "../domain/ports/message-log";
import { revalidateSubscriptions } from "../domain/revalidate-subscriptions";
import { type Log } from "../operations/log";
import { SocketSubscriptions } from "./socket-subscriptions";
import { type RealtimeServer } from "./types";

export interface RevalidateSocketsOptions {
  readonly io: RealtimeServer;
  readonly messages: MessageLog;
  readonly log: Log;
}

/**
 * Ends the subscriptions of this task's sockets that their principals may no longer have. Runs after a gap, in which notices of removed
 * members may have been lost; one socket after the other, to avoid a burst of queries.
 */
export async function revalidateSockets({ io, messages, log }: RevalidateSocketsOptions): Promise<void> {
  for (const socket of io.sockets.sockets.values()) {
    try {
      await revalidateSubscriptions({ messages }, socket.data.principal, new SocketSubscriptions(socket));
    } catch (error) {
      // The next gap or the client's next sync checks again.
      log.warn({ err: error }, "could not check the rooms of a socket");
      return;
    }
  }
}
