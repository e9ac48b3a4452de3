import { type Acknowledgement, type ClientEvent, type ClientPayload, refusal, type SyncDelta } from "../../protocol";
import { markRead } from "../domain/mark-read";
import { type Identity } from "../domain/ports/identity";
import { type AppendResult, type MessageLog } from "../domain/ports/message-log";
import { type Notifier } from "../domain/ports/notifier";
import { type Principal, sessionExpiry } from "../domain/principal";
import { refreshSession } from "../domain/refresh-session";
import { sendMessage } from "../domain/send-message";
import { showTyping } from "../domain/show-typing";
import { type MissedMessages, syncConversations } from "../domain/sync-conversations";
import { unsubscribe } from "../domain/unsubscribe";
import { SocketSubscriptions } from "./socket-subscriptions";
import { type RealtimeSocket } from "./types";

export interface HandlerServices {
  readonly messages: MessageLog;
  readonly identity: Identity;
  readonly notifier: Notifier;
}

/**
 * Connects one event to its use case. The dispatcher calls it with a valid payload, within the rate limits, for a session that has not
 * expired; the use case authorizes. In two steps, so that the dispatcher awaits once for both.
 */
export interface EventHandler<E extends ClientEvent, Result> {
  run(socket: RealtimeSocket, payload: ClientPayload<E>, services: HandlerServices): Promise<Result> | Result;
  acknowledge(result: Result): Acknowledgement<E>;
}

const OK = { ok: true } as const;
const NOT_FOUND = refusal("NOT_FOUND", "There is no such conversation.");
const OTHER_MESSAGE = refusal("CONFLICT", "This message id was used for another message.");
const WRONG_TICKET = refusal("UNAUTHENTICATED", "The ticket is not valid for this session.");

const messageSend: EventHandler<"message:send", AppendResult> = {
  run: (socket, message, services) => sendMessage(services, socket.data.principal, message),
  acknowledge(result) {
    if (result.kind === "stored" || result.kind === "duplicate") {
      return { ok: true, seq: result.message.seq, createdAt: result.message.createdAt };
    }
    return result.kind === "not-found" ? NOT_FOUND : OTHER_MESSAGE;
  },
};

const sync: EventHandler<"sync", ReadonlyMap<string, MissedMessages | undefined>> = {
  run: (socket, { conversations }, services) =>
    syncConversations(services, socket.data.principal, new SocketSubscriptions(socket), conversations),
  acknowledge(missed) {
    const conversations: Record<string, SyncDelta> = {};
    for (const [id, messages] of missed) conversations[id] = messages ? { ok: true, ...messages } : NOT_FOUND;
    return { ok: true, conversations };
  },
};

const stopEvents: EventHandler<"unsubscribe", void> = {
  run: (socket, { conversationId }) => unsubscribe(new SocketSubscriptions(socket), conversationId),
  acknowledge: () => OK,
};

const typing: EventHandler<"typing", boolean> = {
  run: (socket, { conversationId }) =>
    showTyping(new SocketSubscriptions(socket), socket.data.principal, conversationId),
  acknowledge: (isSubscribed) => (isSubscribed ? OK : NOT_FOUND),
};

const read: EventHandler<"read", boolean> = {
  run: (socket, mark, services) => markRead(services, socket.data.principal, new SocketSubscriptions(socket), mark),
  acknowledge: (isReadable) => (isReadable ? OK : NOT_FOUND),
};

const sessionRefresh: EventHandler<"session:refresh", Principal | undefined> = {
  run(socket, { ticket }, services) {
    const principal = refreshSession(services, socket.data.principal, ticket);
    if (principal !== undefined) socket.data.principal = principal;
    return principal;
  },
  acknowledge: (principal) =>
    principal === undefined ? WRONG_TICKET : { ok: true, expiresAt: sessionExpiry(principal) },
};

/** One handler for each event of the protocol; an event without one does not compile. */
export const handlers: { readonly [E in ClientEvent]: EventHandler<E, unknown> } = {
  "message:send": messageSend,
  sync,
  unsubscribe: stopEvents,
  typing,
  read,
  "session:refresh": sessionRefresh,
};
