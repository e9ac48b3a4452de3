import {
  type ConversationStatus,
  type ConversationSummary,
  type MemberView,
  type OtherConversation,
  type QueueEntry,
} from "../../protocol";
import {
  type Colleague,
  type ConversationDetails,
  type Conversations,
  type InboxEntries,
  type ListPage,
  type Release,
} from "../../server/domain/ports/conversations";
import { type Principal } from "../../server/domain/principal";

const CREATED_AT = "2026-01-01T00:00:00.000Z";

/** One conversation in memory, which its members and admins may change. */
export class MemoryConversations implements Conversations {
  readonly members: string[] = [];
  status: ConversationStatus = "open";
  isTaken = false;
  /** User ids of every active agent. */
  colleagues: readonly string[] = [];

  constructor(readonly conversationId: string) {}

  listMine({ userId }: Principal): Promise<ListPage<ConversationSummary>> {
    return Promise.resolve(pageOf(this.members.includes(userId) ? [this.#summary()] : []));
  }

  listQueue(): Promise<ListPage<QueueEntry>> {
    return Promise.resolve(pageOf(this.#queue()));
  }

  findEntries({ userId }: Principal, conversationIds: readonly string[]): Promise<InboxEntries> {
    const isAsked = conversationIds.includes(this.conversationId);
    const mine = isAsked && this.members.includes(userId) ? [this.#summary()] : [];
    return Promise.resolve({ mine, queue: isAsked ? this.#queue() : [], others: [] });
  }

  listOthers({ userId }: Principal): Promise<ListPage<OtherConversation>> {
    const isOther = this.isTaken && !this.members.includes(userId);
    return Promise.resolve(pageOf(isOther ? [{ ...this.#summary(), memberNames: this.members }] : []));
  }

  releaseAll({ userId, successorId }: Release): Promise<readonly string[]> {
    const position = this.members.indexOf(userId);
    if (position < 0) return Promise.resolve([]);
    this.members.splice(position, 1, ...(successorId === undefined ? [] : [successorId]));
    this.isTaken = this.members.length > 0;
    return Promise.resolve([this.conversationId]);
  }

  countQueue(): Promise<number> {
    return Promise.resolve(this.#queue().length);
  }

  countUnread(): Promise<number> {
    return Promise.resolve(0);
  }

  find(principal: Principal, conversationId: string): Promise<ConversationDetails | undefined> {
    if (!this.#may(principal, conversationId)) return Promise.resolve(undefined);
    const members: MemberView[] = this.members.map((userId) => ({ userId, name: userId, lastReadSeq: 0 }));
    return Promise.resolve({ conversation: this.#summary(), members, notes: [] });
  }

  take({ userId }: Principal, conversationId: string): Promise<boolean> {
    if (this.isTaken || conversationId !== this.conversationId) return Promise.resolve(false);
    this.isTaken = true;
    this.members.push(userId);
    return Promise.resolve(true);
  }

  setStatus(principal: Principal, conversationId: string, status: ConversationStatus): Promise<boolean> {
    if (!this.#may(principal, conversationId)) return Promise.resolve(false);
    this.status = status;
    return Promise.resolve(true);
  }

  addMember(principal: Principal, conversationId: string, userId: string): Promise<boolean> {
    if (!this.#may(principal, conversationId)) return Promise.resolve(false);
    if (!this.members.includes(userId)) this.members.push(userId);
    return Promise.resolve(true);
  }

  removeMember(principal: Principal, conversationId: string, userId: string): Promise<readonly string[] | undefined> {
    const position = this.members.indexOf(userId);
    if (!this.#may(principal, conversationId) || position < 0) return Promise.resolve(undefined);
    this.members.splice(position, 1);
    return Promise.resolve([...this.members]);
  }

  listColleagues(): Promise<readonly Colleague[]> {
    return Promise.resolve(this.colleagues.map((userId) => ({ userId, name: userId })));
  }

  #queue(): readonly QueueEntry[] {
    return this.isTaken ? [] : [{ ...this.#summary(), waitingSince: CREATED_AT, preview: null }];
  }

  #may(principal: Principal, conversationId: string): boolean {
    const isAdmin = principal.kind === "agent" && principal.role === "admin";
    return conversationId === this.conversationId && (isAdmin || this.members.includes(principal.userId));
  }

  #summary(): ConversationSummary {
    return {
      id: this.conversationId,
      visitorName: "A Customer",
      status: this.status,
      createdAt: CREATED_AT,
      updatedAt: CREATED_AT,
      lastSeq: 0,
      lastReadSeq: 0,
      lastMessage: null,
    };
  }
}

function pageOf<T>(items: readonly T[]): ListPage<T> {
  return { items, next: undefined };
}
