import { z } from "zod";
import { type Refusal } from "./errors";
import { type Message, messageBody } from "./message";
import { type SocketTicket } from "./rest";

/** Most conversations that one `sync` may name; a client with more sends several. */
export const MAX_SYNCED_CONVERSATIONS = 100;

/** Most messages of one conversation in an answer; `more` says that another request is needed. */
export const MAX_PAGE = 200;

/** Ids are compared as text, in rooms and maps: one spelling only, the one that PostgreSQL writes. */
const uuid = z.uuid().toLowerCase();
const conversationId = uuid;
const seq = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/**
 * Every event that a client may send, with the schema of its one payload. Each is acknowledged with its result or a Refusal.
 * The handler table of the server has exactly these keys, so that an event without authorization cannot exist.
 */
export const clientEvents = {
  /** Stores a message. The acknowledgement means: committed. */
  "message:send": z.strictObject({ conversationId, clientMessageId: uuid, body: messageBody }),
  /**
   * Subscribes to conversations and answers with what is missing: the highest seq that the client has, 0 for nothing.
   * The server joins the rooms first and reads afterwards, so that nothing falls between.
   */
  sync: z.strictObject({
    conversations: z
      .record(conversationId, seq)
      .refine((map) => Object.keys(map).length <= MAX_SYNCED_CONVERSATIONS, "too many conversations in one sync"),
  }),
  /** Stops the live delivery of a conversation. */
  unsubscribe: z.strictObject({ conversationId }),
  /** Somebody is typing; passed on, never stored, dropped under pressure. */
  typing: z.strictObject({ conversationId }),
  /** Everything up to seq was seen by this person. */
  read: z.strictObject({ conversationId, seq }),
  /** Prolongs the connection with a fresh ticket of the same session. */
  "session:refresh": z.strictObject({ ticket: z.string().min(1).max(4096) }),
} as const;

export type ClientEvent = keyof typeof clientEvents;
export type ClientPayload<E extends ClientEvent> = z.output<(typeof clientEvents)[E]>;

/** One conversation's answer to `sync`: either what is missing, or that it is not there for this person. */
export type SyncDelta =
  | { readonly ok: true; readonly messages: readonly Message[]; readonly headSeq: number; readonly more: boolean }
  | Refusal;

export interface ClientResults {
  "message:send": { readonly ok: true; readonly seq: number; readonly createdAt: string };
  sync: { readonly ok: true; readonly conversations: Readonly<Record<string, SyncDelta>> };
  unsubscribe: { readonly ok: true };
  typing: { readonly ok: true };
  read: { readonly ok: true };
  "session:refresh": { readonly ok: true; readonly expiresAt: string };
}

export type Acknowledgement<E extends ClientEvent> = ClientResults[E] | Refusal;

/** Events that the server sends; none is acknowledged, and each may come twice or not at all: the log is the truth. */
export interface ServerEvents {
  /** A message was committed. A receiver that sees a gap in seq asks with `sync`. */
  message: (message: Message) => void;
  /** Something may have been missed: run `sync` now (with jitter). */
  resync: (hint: { readonly withinMs: number }) => void;
  typing: (event: { readonly conversationId: string; readonly userId: string; readonly name: string }) => void;
  read: (event: { readonly conversationId: string; readonly userId: string; readonly seq: number }) => void;
  /** The list of conversations of this person changed: fetch it again. */
  "inbox:changed": (event: { readonly conversationId: string }) => void;
  /** This person is no longer a member: forget the conversation. */
  "conversation:removed": (event: { readonly conversationId: string }) => void;
  /** A ticket to come back with, from time to time: a client whose connection is lost need not ask for one first. */
  "session:ticket": (ticket: SocketTicket) => void;
  /** Last word before the server closes the connection for good; the client must not reconnect by itself. */
  "session:ended": (event: { readonly reason: SessionEnd }) => void;
}

export type SessionEnd = "signed-out" | "disabled" | "expired" | "flooding";

/** What `connect_error.data` carries when a handshake is refused. */
export interface HandshakeRefusal {
  readonly code: 401 | 429 | 503;
  /** Whether the client may try again by itself, with a fresh ticket and backoff. */
  readonly retryable: boolean;
}

/** `socket.handshake.auth` of a client. */
export interface HandshakeAuth {
  readonly ticket: string;
}
