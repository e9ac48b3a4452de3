import { type Message } from "../protocol";
import { type AgentPrincipal, type Principal } from "./domain/principal";

/** The durable log of conversations: PostgreSQL is the truth, everything else is a hint. */
export interface MessageLog {
  /**
   * Stores one message, or finds it when it was stored before; resolves after the commit only. Authorization, duplicate check, sequence
   * and insert are one statement.
   * @throws DatabaseUnavailable when the database does not answer in time: the outcome is then unknown, and a retry is safe
   */
  append(principal: Principal, message: NewMessage): Promise<AppendResult>;

  /**
   * What the person may read of each conversation behind the given seq, at most MAX_PAGE messages each; a conversation that does not
   * exist or is not theirs is missing from the answer. One statement for all.
   */
  after(principal: Principal, conversations: Readonly<Record<string, number>>): Promise<ReadonlyMap<string, Page>>;

  /** Which of these conversations the person may read. */
  readable(principal: Principal, conversationIds: readonly string[]): Promise<ReadonlySet<string>>;

  /** Records that everything up to seq was seen; never goes back, never past the end. False when it is not theirs. */
  markRead(principal: Principal, conversationId: string, seq: number): Promise<boolean>;
}

export interface NewMessage {
  readonly conversationId: string;
  readonly clientMessageId: string;
  readonly body: string;
}

export type AppendResult =
  { readonly kind: "stored" | "duplicate"; readonly message: Message } | { readonly kind: "not-found" | "conflict" };

export interface Page {
  readonly messages: readonly Message[];
  /** The newest seq of the conversation, whether or not it is on this page. */
  readonly headSeq: number;
}

/** Who may be connected. */
export interface Identity {
  /** A signed ticket for socket handshakes, good for TICKET_LIFE_SEC. */
  issueTicket(principal: Principal): string;

  /** The principal of a ticket, by signature, audience and time alone: no database, so that it cannot fail for another reason. `undefined` when it is not valid. */
  verifyTicket(ticket: string): Principal | undefined;

  /** Which of these connected people must go, and why; asked periodically, so that a lost kick is made good. */
  ended(principals: readonly Principal[]): Promise<ReadonlyMap<Principal, "signed-out" | "disabled">>;
}

/** Tells connected clients, on every task. Each call is a hint: what it says is in the database already. */
export interface Notifier {
  inboxChanged(userIds: readonly string[], conversationId: string): void;
  /** Sends to every agent. */
  inboxChangedForAll(conversationId: string): void;
  removeFromConversation(userId: string, conversationId: string): void;
  endSession(sessionId: string): void;
  endUser(userId: string): void;
  message(message: Message): void;
}

/** Session of a signed-in request; `undefined` when there is none or it has ended. */
export type AgentOfRequest = (headers: Headers) => Promise<AgentPrincipal | undefined>;

/** The database did not answer, refused for a passing reason, or is full: try again later. */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";
}
