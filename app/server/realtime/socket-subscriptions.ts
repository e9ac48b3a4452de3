import { ANY_AGENT_ID } from "../../protocol";
import { type OtherSubscribers } from "../domain/ports/other-subscribers";
import { type Subscriptions } from "../domain/ports/subscriptions";
import { conversationOfRoom, rooms } from "./rooms";
import { type RealtimeSocket } from "./types";

/** A socket's subscriptions are the conversation rooms that it is in. */
export class SocketSubscriptions implements Subscriptions, OtherSubscribers {
  constructor(private readonly socket: RealtimeSocket) {}

  has(conversationId: string): boolean {
    return this.socket.rooms.has(rooms.conversation(conversationId));
  }

  list(): readonly string[] {
    return [...this.socket.rooms].flatMap((room) => conversationOfRoom(room) ?? []);
  }

  add(conversationIds: readonly string[]): Promise<void> | void {
    return this.socket.join(conversationIds.map(rooms.conversation));
  }

  remove(conversationId: string): Promise<void> | void {
    return this.socket.leave(rooms.conversation(conversationId));
  }

  showTyping(notice: Parameters<OtherSubscribers["showTyping"]>[0]): void {
    const others = this.socket.to(rooms.conversation(notice.conversationId)).volatile;
    if (this.socket.data.principal.kind === "visitor") {
      others.emit("typing", notice);
      return;
    }
    // Colleagues see who is typing. The customer sees that somebody is, as one, whoever it is.
    others.except(rooms.visitors).emit("typing", notice);
    others.except(rooms.agents).emit("typing", { ...notice, userId: ANY_AGENT_ID, name: "" });
  }

  showRead(notice: Parameters<OtherSubscribers["showRead"]>[0]): void {
    this.socket.to(rooms.conversation(notice.conversationId)).emit("read", notice);
  }
}
