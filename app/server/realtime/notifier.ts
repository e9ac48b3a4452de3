import { type Message } from "../../protocol";
import { type Notifier } from "../domain/ports/notifier";
import { ActivityNotices } from "./activity-notices";
import { endRoom } from "./end-sockets";
import { type Revocation, type Revocations } from "./revocations";
import { rooms } from "./rooms";
import { type RealtimeServer } from "./types";

export interface NotifierOptions {
  readonly io: RealtimeServer;
  readonly revocations: Revocations;
  /** Called with each session or user that ends; the other tasks have to be told. */
  readonly onRevoked: (revocation: Revocation) => void;
  /** Called with each message after it was sent to this task's sockets and to the other tasks. */
  readonly onMessage: (message: Message) => void;
}

/** Notifies through Socket.IO rooms. Each emit names one room, so that tasks without a socket in it need not decode the packet. */
export function createNotifier({ io, revocations, onRevoked, onMessage }: NotifierOptions): Notifier {
  const activity = new ActivityNotices((userId, conversationIds) => {
    const [only, ...others] = conversationIds;
    const user = io.to(rooms.user(userId));
    // Those that are subscribed get the message itself.
    const target = only !== undefined && others.length === 0 ? user.except(rooms.conversation(only)) : user;
    target.emit("inbox:activity", { conversationIds });
  });
  return {
    activity(userIds, conversationId) {
      activity.tell(userIds, conversationId);
    },
    statusChanged(conversationId, status, seq) {
      io.to(rooms.conversation(conversationId)).emit("conversation:status", { conversationId, status, seq });
    },
    inboxChanged(userIds, conversationId) {
      for (const userId of userIds) io.to(rooms.user(userId)).emit("inbox:changed", { conversationId });
    },
    inboxChangedForAll(conversationId) {
      io.to(rooms.agents).emit("inbox:changed", conversationId === undefined ? {} : { conversationId });
    },
    removeFromConversation(userId, conversationId) {
      // Leave first: messages that are published after this do not reach the user.
      io.in(rooms.user(userId)).socketsLeave(rooms.conversation(conversationId));
      io.to(rooms.user(userId)).emit("conversation:removed", { conversationId });
    },
    endSession(sessionId) {
      onRevoked(revocations.revoke("signed-out", sessionId));
      endRoom(io, rooms.session(sessionId), "signed-out");
    },
    endUser(userId) {
      onRevoked(revocations.revoke("disabled", userId));
      endRoom(io, rooms.user(userId), "disabled");
    },
    message(message) {
      io.to(rooms.conversation(message.conversationId)).emit("message", message);
      onMessage(message);
    },
  };
}
