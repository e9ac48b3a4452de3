import {
  type ConversationNote,
  type ConversationStatus,
  type ConversationSummary,
  type MemberView,
  type OtherConversation,
  type QueueEntry,
} from "../../../protocol";
import { type AgentPrincipal, type Principal } from "../principal";

/** Conversations and their members. Each call authorizes itself: what the principal may not see does not exist for them. */
export interface Conversations {
  /** Lists the agent's own conversations, newest activity first. */
  listMine(agent: AgentPrincipal, page: PageRequest): Promise<ListPage<ConversationSummary>>;

  /** Lists the open conversations that no agent has taken, longest waiting first. */
  listQueue(page: PageRequest): Promise<ListPage<QueueEntry>>;

  /** Lists what is neither the admin's own nor in the queue, newest first. */
  listOthers(admin: AgentPrincipal, page: PageRequest): Promise<ListPage<OtherConversation>>;

  /** Returns those of the conversations that are the agent's own or in the queue, and for an admin the others. */
  findEntries(agent: AgentPrincipal, conversationIds: readonly string[]): Promise<InboxEntries>;

  /** Counts the open conversations that no agent has taken. */
  countQueue(): Promise<number>;

  /** Counts the unread messages in all conversations of the agent. */
  countUnread(agent: AgentPrincipal): Promise<number>;

  find(principal: Principal, conversationId: string): Promise<ConversationDetails | undefined>;

  /** Makes the agent the first member. False when the conversation is not in the queue (any more). */
  take(agent: AgentPrincipal, conversationId: string): Promise<boolean>;

  /** False when the conversation is not the principal's. */
  setStatus(principal: Principal, conversationId: string, status: ConversationStatus): Promise<boolean>;

  /** Also true when the user is a member already. False when the conversation is not the principal's or there is no such active user. */
  addMember(principal: Principal, conversationId: string, userId: string): Promise<boolean>;

  /** Returns the remaining members' user ids; `undefined` when the conversation is not the principal's or the user is not a member. */
  removeMember(principal: Principal, conversationId: string, userId: string): Promise<readonly string[] | undefined>;

  /**
   * Removes a disabled agent from every conversation. Those without another active agent go to the successor, or back to the queue; each gets
   * a note.
   * @returns the ids of the conversations; none when it is repeated
   */
  releaseAll(release: Release): Promise<readonly string[]>;

  /** Lists every active agent. */
  listColleagues(): Promise<readonly Colleague[]>;
}

export interface InboxEntries {
  readonly mine: readonly ConversationSummary[];
  readonly queue: readonly QueueEntry[];
  /** Empty unless an admin asks. */
  readonly others: readonly OtherConversation[];
}

export interface Release {
  readonly userId: string;
  readonly by: AgentPrincipal;
  readonly successorId?: string | undefined;
}

export interface ConversationDetails {
  readonly conversation: ConversationSummary;
  readonly members: readonly MemberView[];
  /** Newest first; none for a customer. */
  readonly notes: readonly ConversationNote[];
}

export interface Colleague {
  readonly userId: string;
  readonly name: string;
}

/** Position of a list's last row that the caller has. */
export interface ListPosition {
  readonly time: Date;
  readonly id: string;
}

export interface PageRequest {
  readonly limit: number;
  /** @default from the beginning */
  readonly after?: ListPosition | undefined;
}

export interface ListPage<T> {
  readonly items: readonly T[];
  /** Where the next page starts; `undefined` at the end of the list. */
  readonly next: ListPosition | undefined;
}
