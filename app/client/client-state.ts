import { type ConversationStatus, type Message } from "../protocol";
import { type ConnectionState } from "./connection";
import { type OutboxItem } from "./outbox-store";

/** Everything that a page shows. Each part stays the same object until it changes. */
export interface ClientState {
  readonly connection: ConnectionState;
  /** The conversations that this client has subscribed to, by id. */
  readonly conversations: Readonly<Record<string, ConversationView>>;
  /** Unacknowledged messages of all conversations, in the order of writing. */
  readonly outgoing: readonly OutboxItem[];
}

export interface ConversationView {
  /** In order of seq, without a gap. */
  readonly messages: readonly Message[];
  /** Newest seq that the server has reported. */
  readonly headSeq: number;
  /** Newest seq in `messages`. */
  readonly toSeq: number;
  /** `undefined` until the server has said it. */
  readonly status: ConversationStatus | undefined;
  /** Whether the server has messages older than the first of `messages`. */
  readonly hasEarlier: boolean;
  /** Messages that are not acknowledged; those with a `failure` were refused for good. */
  readonly outgoing: readonly OutboxItem[];
  /** Names of others who are typing right now. */
  readonly typing: readonly string[];
}
