import { type Message } from "../../protocol";
import { type Notifier } from "../domain/ports/notifier";
import { endRoom } from "./end-sockets";
import { rooms } from "./rooms";
import { type RealtimeServer } from "./types";

export interface NotifierOptions {
  readonly io: RealtimeServer;
  /** Called with each message after it was sent to this task's sockets and to the other tasks. */
  readonly onMessage: (message: Message) => void;
}

/** Notifies through Socket.IO rooms. Each emit names one room, so that tasks without a socket in it need not decode the packet. */
export function createNotifier({ io, onMessage }: NotifierOptions): Notifier {
  return {
    inboxChanged(userIds, conversationId) {
      for (const userId of userIds) io.to(rooms.user(userId)).emit("inbox:changed", { conversationId });
    },
    inboxChangedForAll(conversationId) {
      io.to(rooms.agents).emit("inbox:changed", { conversationId });
    },
    removeFromConversation(userId, conversationId) {
      // Leave first: messages that are published after this do not reach the user.
      io.in(rooms.user(userId)).socketsLeave(rooms.conversation(conversationId));
      io.to(rooms.user(userId)).emit("conversation:removed", { conversationId });
    },
    endSession(sessionId) {
      endRoom(io, rooms.session(sessionId), "signed-out");
    },
    endUser(userId) {
      endRoom(io, rooms.user(userId), "disabled");
    },
    message(message) {
      io.to(rooms.conversation(message.conversationId)).emit("message", message);
      onMessage(message);
    },
  };
}
