import { type ConversationStatus, type Message } from "../../../protocol";
import { type Principal } from "../principal";

/** The durable log of every conversation, and the only source of truth about messages. */
export interface MessageLog {
  /**
   * Stores a message, or finds it when it was stored before; resolves only after the commit. Authorization, duplicate check, sequence
   * number and insert are one statement.
   * @throws DatabaseUnavailable when there is no answer in time; the outcome is then unknown, and sending again is safe
   */
  append(principal: Principal, message: NewMessage): Promise<AppendResult>;

  /**
   * Reads the messages after the given sequence number of each conversation, at most MAX_PAGE each and fewer of long ones, but at
   * least one. Conversations that do not exist or that
   * the principal may not read are missing from the result.
   */
  after(principal: Principal, conversations: Readonly<Record<string, number>>): Promise<ReadonlyMap<string, Page>>;

  /** Reads the messages right before a sequence number, in ascending order; `undefined` when the principal may not read the conversation. */
  before(
    principal: Principal,
    conversationId: string,
    range: { readonly seq: number; readonly limit: number },
  ): Promise<readonly Message[] | undefined>;

  /** Returns those of the conversations that the principal may read. */
  readable(principal: Principal, conversationIds: readonly string[]): Promise<ReadonlySet<string>>;

  /**
   * Records that everything up to seq was read; never moves back, never past the newest message.
   * @returns the sequence number that was recorded for this call: seq, or the newest; `undefined` when the principal may not read it
   */
  markRead(principal: Principal, conversationId: string, seq: number): Promise<number | undefined>;
}

export interface NewMessage {
  readonly conversationId: string;
  readonly clientMessageId: string;
  readonly body: string;
}

export type AppendResult =
  | {
      readonly kind: "stored" | "duplicate";
      readonly message: Message;
      /** The agents of the conversation. */
      readonly memberIds: readonly string[];
      /** Whether this message reopened the conversation. */
      readonly reopened: boolean;
    }
  /** The conversation does not exist or is not the principal's; or the client message id belongs to another message. */
  | { readonly kind: "not-found" | "conflict" };

export interface Page {
  readonly messages: readonly Message[];
  /** Highest sequence number of the conversation, whether or not that message is on this page. */
  readonly headSeq: number;
  readonly status: ConversationStatus;
}
