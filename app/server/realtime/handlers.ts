import { type Acknowledgement, type ClientEvent, type ClientPayload, refusal, type SyncDelta } from "../../protocol";
import { type Principal } from "../domain/principal";
import { type Identity, type MessageLog, type Notifier, type Page } from "../services";
import { rooms } from "./rooms";
import { type RealtimeSocket } from "./types";

export interface HandlerServices {
  readonly messages: MessageLog;
  readonly identity: Identity;
  readonly notifier: Notifier;
}

/** Answers one event that is well-formed, within the limits and from a session that has not expired. Authorization is the handler's. */
export type Handler<E extends ClientEvent> = (
  socket: RealtimeSocket,
  payload: ClientPayload<E>,
  services: HandlerServices,
) => Promise<Acknowledgement<E>> | Acknowledgement<E>;

const NOT_FOUND = refusal("NOT_FOUND", "There is no such conversation.");
const OTHER_MESSAGE = refusal("CONFLICT", "This message id was used for another message.");
const WRONG_TICKET = refusal("UNAUTHENTICATED", "The ticket is not valid for this session.");

async function send(
  socket: RealtimeSocket,
  payload: ClientPayload<"message:send">,
  { messages, notifier }: HandlerServices,
): Promise<Acknowledgement<"message:send">> {
  const result = await messages.append(socket.data.principal, payload);
  if (result.kind === "stored" || result.kind === "duplicate") {
    // Handed out before the acknowledgement, and again on a retry: the first try may have died between commit and hand-out.
    notifier.message(result.message);
    return { ok: true, seq: result.message.seq, createdAt: result.message.createdAt };
  }
  return result.kind === "not-found" ? NOT_FOUND : OTHER_MESSAGE;
}

async function sync(
  socket: RealtimeSocket,
  { conversations }: ClientPayload<"sync">,
  { messages }: HandlerServices,
): Promise<Acknowledgement<"sync">> {
  const principal = socket.data.principal;
  await join(socket, principal, Object.keys(conversations), messages);
  const pages = await messages.after(principal, conversations);
  const deltas: Record<string, SyncDelta> = {};
  for (const [conversationId, known] of Object.entries(conversations)) {
    const page = pages.get(conversationId);
    // Removed since it joined, here or earlier.
    if (page === undefined) await socket.leave(rooms.conversation(conversationId));
    deltas[conversationId] = page === undefined ? NOT_FOUND : delta(page, known);
  }
  return { ok: true, conversations: deltas };
}

/**
 * Joins before anything is read, so that no message falls between; and only what may be read, so that a stranger hears nothing
 * while the database answers.
 */
async function join(
  socket: RealtimeSocket,
  principal: Principal,
  conversationIds: readonly string[],
  messages: MessageLog,
): Promise<void> {
  const missing = conversationIds.filter((id) => !socket.rooms.has(rooms.conversation(id)));
  if (missing.length === 0) return;
  const readable = await messages.readable(principal, missing);
  await socket.join([...readable].map(rooms.conversation));
}

/** A page may end early for more reasons than its length, so that the head alone tells whether there is more. */
function delta({ messages, headSeq }: Page, known: number): SyncDelta {
  return { ok: true, messages, headSeq, more: (messages.at(-1)?.seq ?? known) < headSeq };
}

async function unsubscribe(
  socket: RealtimeSocket,
  { conversationId }: ClientPayload<"unsubscribe">,
): Promise<Acknowledgement<"unsubscribe">> {
  await socket.leave(rooms.conversation(conversationId));
  return { ok: true };
}

/** Being in the room is the authorization: one gets there by `sync` alone, and is taken out when removed. */
function typing(socket: RealtimeSocket, { conversationId }: ClientPayload<"typing">): Acknowledgement<"typing"> {
  const room = rooms.conversation(conversationId);
  if (!socket.rooms.has(room)) return NOT_FOUND;
  const { userId, name } = socket.data.principal;
  socket.to(room).volatile.emit("typing", { conversationId, userId, name });
  return { ok: true };
}

async function read(
  socket: RealtimeSocket,
  { conversationId, seq }: ClientPayload<"read">,
  { messages }: HandlerServices,
): Promise<Acknowledgement<"read">> {
  const { principal } = socket.data;
  if (!(await messages.markRead(principal, conversationId, seq))) return NOT_FOUND;
  socket.to(rooms.conversation(conversationId)).emit("read", { conversationId, userId: principal.userId, seq });
  return { ok: true };
}

function refreshSession(
  socket: RealtimeSocket,
  { ticket }: ClientPayload<"session:refresh">,
  { identity }: HandlerServices,
): Acknowledgement<"session:refresh"> {
  const next = identity.verifyTicket(ticket);
  if (next === undefined || !isSameSession(next, socket.data.principal)) return WRONG_TICKET;
  socket.data.principal = next;
  return { ok: true, expiresAt: new Date(next.expiresAt * 1000).toISOString() };
}

function isSameSession(a: Principal, b: Principal): boolean {
  return a.kind === b.kind && a.userId === b.userId && a.sessionId === b.sessionId;
}

/** One entry for every event of the protocol: one without a handler does not compile. */
export const handlers: { readonly [E in ClientEvent]: Handler<E> } = {
  "message:send": send,
  sync,
  unsubscribe,
  typing,
  read,
  "session:refresh": refreshSession,
};
