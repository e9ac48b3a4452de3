import { z } from "zod";
import { isStorable, type Message } from "./message";

/** Line breaks and other controls, and the marks that turn the direction of what stands around a name. */
const NOT_IN_NAMES = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

/** Name of a person, as everybody else sees it. */
export const displayName = z
  .string()
  .trim()
  .min(1, "a name has at least one character")
  .max(100)
  .refine((name) => isStorable(name) && !NOT_IN_NAMES.test(name), "a name is one line of well-formed text");
const email = z.email().max(254);
const id = z.uuid().toLowerCase();
const role = z.enum(["agent", "admin"]);

/** Shortest and longest password, in characters: length is what counts (NIST SP 800-63B 3.1.1). */
export const PASSWORD_LENGTH = { min: 12, max: 200 } as const;

const password = z.string().min(PASSWORD_LENGTH.min).max(PASSWORD_LENGTH.max);

/** Body of every request under /api that has one. Answers are `{ ok: true, … }` or a Refusal with the HTTP status of its code. */
export const restBodies = {
  /** POST /api/visitors: a customer begins; answers with VisitorAnswer and sets the visitor's cookie. */
  createVisitor: z.strictObject({ name: displayName }),
  /** POST /api/conversations/:id/members */
  addMember: z.strictObject({ userId: id }),
  /** PATCH /api/users/:id: admins only; disabling ends every session of the user at once. */
  updateUser: z.strictObject({ disabled: z.boolean() }),
  /** POST /api/invitations: admins only; answers with InvitationCreated. */
  createInvitation: z.strictObject({ email, role }),
  /** POST /api/invitations/accept: nobody is signed in yet. */
  acceptInvitation: z.strictObject({ token: z.string().min(1).max(200), name: displayName, password }),
} as const;

export type RestBody<K extends keyof typeof restBodies> = z.output<(typeof restBodies)[K]>;

/** Who the caller is; the socket's ticket is for the same person. */
export interface PrincipalView {
  readonly kind: "agent" | "visitor";
  readonly userId: string;
  readonly name: string;
  /** Agents only. */
  readonly role?: "agent" | "admin";
  /** Visitors only: the one conversation that they have. */
  readonly conversationId?: string;
}

/** Seconds from a ticket's issue that a handshake may show it. */
export const TICKET_LIFE_SEC = 300;

/** What a socket's handshake is let in by. */
export interface SocketTicket {
  readonly ticket: string;
  /** When the session ends that the ticket stands for; ISO 8601. `session:refresh` has to come before. */
  readonly sessionExpiresAt: string;
}

/** POST /api/tickets by the agent's cookie, or POST /api/tickets?as=visitor by the visitor's: a browser may hold both. */
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

/** What every agent may know of a conversation, member or not. */
export interface ConversationHeader {
  readonly id: string;
  readonly visitorName: string;
  readonly status: ConversationStatus;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What members see in their list. */
export interface ConversationSummary extends ConversationHeader {
  readonly lastSeq: number;
  /** Highest seq that this person has read; `lastSeq - lastReadSeq` is the unread count. */
  readonly lastReadSeq: number;
  /** Newest message, if there is one. */
  readonly lastMessage: Message | null;
}

/**
 * GET /api/conversations?limit=<n>: `mine` are the caller's, `queue` the open ones that nobody has taken. Newest first.
 * With `cursor=<one of next>` the page behind it, of that list alone; the other list is empty then.
 */
export interface InboxAnswer {
  readonly ok: true;
  readonly mine: readonly ConversationSummary[];
  readonly queue: readonly ConversationHeader[];
  /** Where each list goes on; null at its end. Opaque. */
  readonly next: { readonly mine: string | null; readonly queue: string | null };
}

/** Longest page of each list of the inbox; a larger limit is refused as INVALID. */
export const MAX_INBOX_PAGE = 100;

export interface MemberView {
  readonly userId: string;
  readonly name: string;
  readonly lastReadSeq: number;
}

/**
 * GET /api/conversations/:id, and the answer of POST :id/take, :id/close, :id/reopen, :id/members, DELETE :id/members/:userId.
 * A caller who is no member any more (DELETE of oneself) gets `{ ok: true }` alone.
 */
export interface ConversationAnswer {
  readonly ok: true;
  readonly conversation: ConversationSummary;
  readonly members: readonly MemberView[];
}

/**
 * GET /api/conversations/:id/messages?before=<seq>&limit=<n>: the messages right before a seq, or the newest, in order of seq.
 * With `after=<seq>` instead: those right behind it.
 */
export interface HistoryAnswer {
  readonly ok: true;
  readonly messages: readonly Message[];
  /** Whether there are more in that direction. */
  readonly more: boolean;
}

/** Longest page of history, in messages; a larger limit is refused as INVALID. */
export const MAX_HISTORY_PAGE = 100;

/** GET /api/colleagues: every agent who is not disabled, to be added to a conversation. */
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

/** GET /api/users: admins only. */
export interface UsersAnswer {
  readonly ok: true;
  readonly users: readonly UserView[];
}

/** PATCH /api/users/:id */
export interface UserAnswer {
  readonly ok: true;
  readonly user: UserView;
}

/** The only time that the token can be seen; the page makes the link `/invitation#<token>` of it. */
export interface InvitationCreated {
  readonly ok: true;
  readonly token: string;
  readonly email: string;
  readonly expiresAt: string;
}

/** POST /api/invitations/accept: the person may sign in now. */
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
