import { type Message } from "../protocol";
import { type ConnectionState } from "./connection";
import { type OutboxItem } from "./outbox-store";

/** Everything that a page shows. Each part is the same object until it changes. */
export interface ClientState {
  readonly connection: ConnectionState;
  /** By conversation id: those that this client takes part in. */
  readonly conversations: Readonly<Record<string, ConversationView>>;
  /** All messages that are not acknowledged, of all conversations, in the order of writing. */
  readonly outgoing: readonly OutboxItem[];
}

export interface ConversationView {
  /** In order of seq, without a gap. */
  readonly messages: readonly Message[];
  /** Newest seq that is known of. */
  readonly headSeq: number;
  /** Newest seq that is here. */
  readonly toSeq: number;
  /** Whether the server has older messages than the first of these. */
  readonly hasEarlier: boolean;
  /** Messages on their way, and with `failure` those that were refused for good. */
  readonly outgoing: readonly OutboxItem[];
  /** Names of others who are typing right now. */
  readonly typing: readonly string[];
}
