import { isStorable, type Message, type SenderKind } from "./message";
import { type ExcerptPart } from "./search-text";
import { isName } from "./visible-text";
import { z } from "./zod";

/** A person's name, as others see it. */
export const displayName = z
  .string()
  .trim()
  .min(1, "a name has at least one character")
  .max(100)
  .refine((name) => isStorable(name) && isName(name), "a name is one line of text without invisible characters");
const email = z.email().max(254);
const id = z.uuid().toLowerCase();
const role = z.enum(["agent", "admin"]);

/** Shortest and longest password, in characters; there are no other rules (NIST SP 800-63B 3.1.1). */
export const PASSWORD_LENGTH = { min: 12, max: 200 } as const;

const password = z.string().min(PASSWORD_LENGTH.min).max(PASSWORD_LENGTH.max);

/** The body of every request under /api that has one. Responses are `{ ok: true, … }` or a Refusal with the HTTP status of its code. */
export const restBodies = {
  /** POST /api/visitors: creates a customer; returns VisitorAnswer and sets the visitor's cookie. */
  createVisitor: z.strictObject({ name: displayName }),
  /** POST /api/conversations/:id/members */
  addMember: z.strictObject({ userId: id }),
  /**
   * PATCH /api/users/:id: for admins. Disabling ends every session of the user at once; their conversations without another active agent go
   * to the successor, or back to the queue. Safe to repeat.
   */
  updateUser: z.strictObject({ disabled: z.boolean(), successorId: id.optional() }),
  /** POST /api/invitations: for admins; returns InvitationCreated. */
  createInvitation: z.strictObject({ email, role }),
  /** POST /api/invitations/accept: without a session. */
  acceptInvitation: z.strictObject({ token: z.string().min(1).max(200), name: displayName, password }),
} as const;

export type RestBody<K extends keyof typeof restBodies> = z.output<(typeof restBodies)[K]>;

/** The caller; the socket's ticket is for the same person. */
export interface PrincipalView {
  readonly kind: "agent" | "visitor";
  readonly userId: string;
  readonly name: string;
  /** Agents only. */
  readonly role?: "agent" | "admin";
  /** Visitors only: their conversation. */
  readonly conversationId?: string;
}

/** Seconds for which a ticket is valid. */
export const TICKET_LIFE_SEC = 300;

/** The credential of a socket's handshake. */
export interface SocketTicket {
  readonly ticket: string;
  /** When the ticket's session ends, ISO 8601; the client sends `session:refresh` before that. */
  readonly sessionExpiresAt: string;
}

/** POST /api/tickets uses the agent's cookie, POST /api/tickets?as=visitor the visitor's: a browser may have both. */
export interface TicketAnswer extends SocketTicket {
  readonly ok: true;
  readonly principal: PrincipalView;
}

/** POST /api/visitors, and GET /api/visitors/me (401 without a valid cookie). */
export interface VisitorAnswer {
  readonly ok: true;
  readonly visitor: PrincipalView;
}

export type ConversationStatus = "open" | "closed";

/** What its members and admins may read about a conversation, besides its messages. */
export interface ConversationHeader {
  readonly id: string;
  readonly visitorName: string;
  readonly status: ConversationStatus;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Something that happened to a conversation besides its messages. Its agents see it, customers do not. */
export interface ConversationNote {
  /** An agent of the conversation was disabled. A client ignores kinds that it does not know. */
  readonly kind: "member-disabled";
  /** ISO 8601. */
  readonly at: string;
  readonly memberName: string;
  /** Who did it. */
  readonly byName: string;
  /** The colleague who continues; null when it went back to the queue or stayed with its other agents. */
  readonly successorName: string | null;
}

/** Longest preview of a conversation in the queue, in Unicode code points. */
export const MAX_PREVIEW = 140;

/** A conversation in the queue, as every agent may read it. Fields that are optional are missing from a server of an earlier release. */
export interface QueueEntry extends ConversationHeader {
  /** When the conversation entered the queue, ISO 8601. */
  readonly waitingSince?: string;
  /** Beginning of the newest message when the entry was read; null without messages. */
  readonly preview?: string | null;
  /** Why the conversation returned to the queue, when there is a note about it. */
  readonly note?: ConversationNote | null;
}

/** A conversation in its members' lists. */
export interface ConversationSummary extends ConversationHeader {
  readonly lastSeq: number;
  /** Highest seq that this person has read; `lastSeq - lastReadSeq` messages are unread. */
  readonly lastReadSeq: number;
  /** The newest message; null without messages. */
  readonly lastMessage: Message | null;
}

/** A conversation of other agents. */
export interface OtherConversation extends ConversationSummary {
  readonly memberNames: readonly string[];
}

/** GET /api/conversations/others?limit=<n>&cursor=<next>: for admins, what is neither their own nor in the queue; begun last comes first. */
export interface OthersAnswer {
  readonly ok: true;
  readonly others: readonly OtherConversation[];
  /** Opaque cursor of the next page; null at the end. */
  readonly next: string | null;
}

/**
 * GET /api/conversations?limit=<n>: `mine` are the caller's conversations, newest activity first; `queue` the open ones that nobody has
 * taken, longest waiting first. With `cursor=<one of next>`: the next page of that list; the other list is empty.
 *
 * GET /api/inbox?ids=<ids, separated by commas>: the entries of these conversations, wherever they are in the lists. One that is in neither
 * answered list is in neither list of the caller.
 */
export interface InboxAnswer {
  readonly ok: true;
  readonly mine: readonly ConversationSummary[];
  readonly queue: readonly QueueEntry[];
  /** For admins who ask for entries by id: those that are neither in `mine` nor in `queue`. */
  readonly others?: readonly OtherConversation[];
  /** Number of conversations in the whole queue. Missing from a server of an earlier release. */
  readonly waiting?: number;
  /** Unread messages in all conversations of the caller, loaded or not. Missing from a server of an earlier release. */
  readonly unread?: number;
  /** Opaque cursor of each list's next page; null at its end. */
  readonly next: { readonly mine: string | null; readonly queue: string | null };
}

/** Most conversations that one request for entries may name. */
export const MAX_INBOX_IDS = 100;

/** Longest page of each list of the inbox; a larger limit is refused as INVALID. */
export const MAX_INBOX_PAGE = 100;

export interface MemberView {
  readonly userId: string;
  readonly name: string;
  readonly lastReadSeq: number;
}

/**
 * GET /api/conversations/:id, and the answer of POST :id/take, :id/close, :id/reopen, :id/members, DELETE :id/members/:userId.
 * A caller who may no longer read it, after removing themselves, gets `{ ok: true }` only.
 */
export interface ConversationAnswer {
  readonly ok: true;
  readonly conversation: ConversationSummary;
  readonly members: readonly MemberView[];
  /** For agents; newest first. Missing from a server of an earlier release. */
  readonly notes?: readonly ConversationNote[];
}

/**
 * GET /api/conversations/:id/messages?before=<seq>&limit=<n>: the messages right before a seq, or the newest, in ascending order.
 * With `after=<seq>` instead: those right after it.
 */
export interface HistoryAnswer {
  readonly ok: true;
  readonly messages: readonly Message[];
  /** Whether there are more in that direction. */
  readonly more: boolean;
}

/** Longest page of history, in messages; a larger limit is refused as INVALID. */
export const MAX_HISTORY_PAGE = 100;

/** A message that a search has found. */
export interface SearchHit {
  readonly conversationId: string;
  readonly seq: number;
  readonly visitorName: string;
  readonly senderKind: SenderKind;
  readonly senderName: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** The surroundings of the first match. */
  readonly excerpt: readonly ExcerptPart[];
}

/** A conversation whose customer's name a search has found. */
export interface SearchedConversation {
  readonly conversationId: string;
  readonly visitorName: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/**
 * GET /api/search?q=<text>&cursor=<next>: for agents, the messages of their own conversations that contain every word, newest first; for admins,
 * those of all conversations. A page may have fewer hits than another, also none, when there is a next one.
 */
export interface SearchAnswer {
  readonly ok: true;
  readonly hits: readonly SearchHit[];
  /** On the first page only. */
  readonly customers: readonly SearchedConversation[];
  /** False while older messages are indexed for the first time, and cannot all be found. */
  readonly isComplete: boolean;
  /** Opaque cursor of the next page; null at the end. */
  readonly next: string | null;
}

/** Hits of one page of a search. */
export const SEARCH_PAGE = 20;

/** GET /api/colleagues: every active agent, for adding to a conversation. */
export interface ColleaguesAnswer {
  readonly ok: true;
  readonly colleagues: readonly { readonly userId: string; readonly name: string }[];
}

export interface UserView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: "agent" | "admin";
  readonly disabled: boolean;
  readonly createdAt: string;
}

/** GET /api/users: for admins. */
export interface UsersAnswer {
  readonly ok: true;
  readonly users: readonly UserView[];
}

/** PATCH /api/users/:id */
export interface UserAnswer {
  readonly ok: true;
  readonly user: UserView;
}

/** The token is shown only here; the page puts it into the link `/invitation#<token>`. */
export interface InvitationCreated {
  readonly ok: true;
  readonly token: string;
  readonly email: string;
  readonly expiresAt: string;
}

/** POST /api/invitations/accept: the person can sign in now. */
export interface InvitationAccepted {
  readonly ok: true;
  readonly email: string;
}

/** HTTP status of each refusal's code. */
export const HTTP_STATUS = {
  INVALID: 400,
  NOT_FOUND: 404,
  CONFLICT: 409,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  DRAINING: 503,
  INTERNAL: 500,
} as const;
