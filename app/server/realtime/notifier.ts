import { type Message } from "../../protocol";
import { type Notifier } from "../services";
import { rooms } from "./rooms";
import { endRoom } from "./end-sockets";
import { type RealtimeServer } from "./types";

export interface NotifierOptions {
  readonly io: RealtimeServer;
  /** Called with each message that was handed to the sockets of this task and to the other tasks. */
  readonly onMessage: (message: Message) => void;
}

/** Every emit goes to one room, so that the adapter publishes on that room's channel and only tasks that have it decode it. */
export function createNotifier({ io, onMessage }: NotifierOptions): Notifier {
  return {
    inboxChanged(userIds, conversationId) {
      for (const userId of userIds) io.to(rooms.user(userId)).emit("inbox:changed", { conversationId });
    },
    inboxChangedForAll(conversationId) {
      io.to(rooms.agents).emit("inbox:changed", { conversationId });
    },
    removeFromConversation(userId, conversationId) {
      // The room first: what is published after this on the same connection finds it left.
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
