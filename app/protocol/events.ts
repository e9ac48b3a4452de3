import { type Refusal } from "./errors";
import { type Message, messageBody } from "./message";
import { type ConversationStatus, type SocketTicket } from "./rest";
import { z } from "./zod";

/** Most conversations that one `sync` may name; a client with more sends several. */
export const MAX_SYNCED_CONVERSATIONS = 100;

/** Most messages of one conversation in an acknowledgement; `more` says that another request is needed. */
export const MAX_PAGE = 200;

/** Stands for every agent in what a customer is told about typing: an id that no user has. */
export const ANY_AGENT_ID = "00000000-0000-4000-8000-000000000000";

/** Shortest time between two `inbox:activity` events of one person from one task, in milliseconds. */
export const ACTIVITY_MS = 2000;

/** Lower case, as PostgreSQL writes them, because ids are compared as text in rooms and maps. */
const uuid = z.uuid().toLowerCase();
const conversationId = uuid;
const seq = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/**
 * Every event that a client may send, with the schema of its payload. Each is acknowledged with its result or a Refusal.
 * The server's table of handlers has exactly these keys, so that no event is without a handler.
 */
export const clientEvents = {
  /** Stores a message. The acknowledgement means that it is committed. */
  "message:send": z.strictObject({ conversationId, clientMessageId: uuid, body: messageBody }),
  /**
   * Subscribes to conversations and returns the missing messages. The payload has the highest seq that the client knows of each, 0 for none.
   * The server joins the rooms before it reads, so that no message is lost in between.
   */
  sync: z.strictObject({
    conversations: z
      .record(conversationId, seq)
      .refine((map) => Object.keys(map).length <= MAX_SYNCED_CONVERSATIONS, "too many conversations in one sync"),
  }),
  /** Ends the subscription to a conversation. */
  unsubscribe: z.strictObject({ conversationId }),
  /** Tells the other subscribers that this person is typing; not stored, and dropped for slow connections. */
  typing: z.strictObject({ conversationId }),
  /** Records that this person has read everything up to seq. */
  read: z.strictObject({ conversationId, seq }),
  /** Prolongs the connection with a new ticket of the same session. */
  "session:refresh": z.strictObject({ ticket: z.string().min(1).max(4096) }),
} as const;

export type ClientEvent = keyof typeof clientEvents;
export type ClientPayload<E extends ClientEvent> = z.output<(typeof clientEvents)[E]>;

/** The result of `sync` for one conversation: the missing messages, or a refusal when the person may not read it. */
export type SyncDelta =
  | {
      readonly ok: true;
      readonly messages: readonly Message[];
      readonly headSeq: number;
      readonly more: boolean;
      /** Status as of message `headSeq`. A server of an earlier release leaves it out. */
      readonly status?: ConversationStatus;
    }
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

/** Events that the server sends. None is acknowledged, and each may arrive twice or not at all; clients catch up from the log. */
export interface ServerEvents {
  /** A message was committed. A client that sees a gap in seq catches up with `sync`. */
  message: (message: Message) => void;
  /** Events may have been lost: run `sync` at a random time within this period. */
  resync: (hint: { readonly withinMs: number }) => void;
  /** Somebody else is typing. A customer is told only that some agent is: `userId` is `ANY_AGENT_ID`, `name` empty. */
  typing: (event: { readonly conversationId: string; readonly userId: string; readonly name: string }) => void;
  read: (event: { readonly conversationId: string; readonly userId: string; readonly seq: number }) => void;
  /** A conversation joined, left or moved within this person's lists: fetch its entry again, or whole lists when none is named. */
  "inbox:changed": (event: { readonly conversationId?: string }) => void;
  /**
   * There are new messages in conversations of this person. For those that the client has not subscribed to, since their messages do not
   * arrive; at most one event for each person in `ACTIVITY_MS`.
   */
  "inbox:activity": (event: { readonly conversationIds: readonly string[] }) => void;
  /** A conversation was closed or reopened, after the message `seq`. A customer's later message reopens it without this event. */
  "conversation:status": (event: {
    readonly conversationId: string;
    readonly status: ConversationStatus;
    readonly seq: number;
  }) => void;
  /** This person is no longer a member: remove the conversation. */
  "conversation:removed": (event: { readonly conversationId: string }) => void;
  /** A ticket for the next handshake, sent from time to time, so that a client can reconnect without asking for one first. */
  "session:ticket": (ticket: SocketTicket) => void;
  /** The server closes the connection for good after this event; the client must not reconnect automatically. */
  "session:ended": (event: { readonly reason: SessionEnd }) => void;
}

export type SessionEnd = "signed-out" | "disabled" | "expired" | "flooding";

/** `connect_error.data` of a refused handshake. */
export interface HandshakeRefusal {
  readonly code: 401 | 429 | 503;
  /** Whether the client may retry automatically, with a new ticket and backoff. */
  readonly retryable: boolean;
}

/** `socket.handshake.auth` of a client. */
export interface HandshakeAuth {
  readonly ticket: string;
}
