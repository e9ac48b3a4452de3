import { type Message } from "../../../protocol";
import { type AgentPrincipal } from "../principal";

/** Finds messages by their text. Each call authorizes itself: an agent finds what is in their own conversations, an admin everything. */
export interface MessageSearch {
  /** Lists the agent's conversations with something that is not indexed yet. @throws DatabaseUnavailable, RateLimited */
  unindexed(agent: AgentPrincipal): Promise<Unindexed>;

  /**
   * Reads messages that may contain every term, newest first; some contain only parts of a term.
   * @throws DatabaseUnavailable, RateLimited
   */
  candidates(agent: AgentPrincipal, search: CandidateRequest): Promise<Candidates>;

  /** Reads conversations whose customer's name may contain every term, newest first. @throws DatabaseUnavailable, RateLimited */
  customers(agent: AgentPrincipal, terms: readonly string[], limit: number): Promise<readonly SearchedCustomer[]>;
}

export interface Unindexed {
  readonly conversations: readonly UnindexedConversation[];
  /** False while so much is not indexed that not everything can be found: a large database is indexed for the first time. */
  readonly isComplete: boolean;
}

export interface UnindexedConversation extends SearchedCustomer {
  /** Newest message that is indexed, 0 when only the customer's name is; `undefined` when nothing is. */
  readonly indexedSeq: number | undefined;
}

export interface CandidateRequest {
  /** Folded, at least one. */
  readonly terms: readonly string[];
  readonly limit: number;
  /** @default the newest message */
  readonly after?: SearchPosition | undefined;
  /** Conversations whose newest messages are read beside the index. */
  readonly unindexed: Unindexed["conversations"];
}

export interface Candidates {
  readonly messages: readonly SearchedMessage[];
  /** Whether these are the last results. */
  readonly isEnd: boolean;
}

/** Position of a message in the order of a search. */
export interface SearchPosition {
  readonly time: Date;
  readonly conversationId: string;
  readonly seq: number;
}

export interface SearchedMessage {
  readonly message: Message;
  readonly visitorName: string;
}

export interface SearchedCustomer {
  readonly conversationId: string;
  readonly visitorName: string;
  readonly createdAt: Date;
}
