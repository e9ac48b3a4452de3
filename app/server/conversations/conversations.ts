import { asc, isNull } from "drizzle-orm";
import {
  type ConversationHeader,
  type ConversationStatus,
  type ConversationSummary,
  type MemberView,
} from "../../protocol";
import { type Database } from "../data/database";
import { appUser } from "../data/schema";
import { accessOf } from "../messages/access";
import { type AgentPrincipal, type Principal } from "../domain/principal";
import { type Cursor, encodeCursor } from "./cursor";
import { headerOf, type HeaderRow, summaryOf, type SummaryRow } from "./rows";
import { ADD_MEMBER, MINE, ONE, QUEUE, REMOVE_MEMBER, SET_STATUS, TAKE } from "./statements";

export interface Inbox {
  readonly mine: readonly ConversationSummary[];
  readonly queue: readonly ConversationHeader[];
  readonly next: { readonly mine: string | null; readonly queue: string | null };
}

export interface OneConversation {
  readonly conversation: ConversationSummary;
  readonly members: readonly MemberView[];
}

interface Slice<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

const NOTHING = { items: [], next: null } as const;

/** Who takes part in which conversation. Each call is authorized by its own statement: what is not yours is not there. */
export class Conversations {
  constructor(private readonly database: Database) {}

  async inbox(agent: AgentPrincipal, limit: number, cursor?: Cursor): Promise<Inbox> {
    const [mine, queue] = await Promise.all([
      cursor?.list === "queue" ? NOTHING : this.mine(agent, limit, cursor),
      cursor?.list === "mine" ? NOTHING : this.queue(limit, cursor),
    ]);
    return { mine: mine.items, queue: queue.items, next: { mine: mine.next, queue: queue.next } };
  }

  async one(principal: Principal, conversationId: string): Promise<OneConversation | undefined> {
    const rows = await this.database.query<SummaryRow & { readonly members: readonly MemberView[] }>(
      ONE[accessOf(principal)],
      [principal.userId, conversationId],
    );
    return rows[0] && { conversation: summaryOf(rows[0]), members: rows[0].members };
  }

  /** Makes the agent the first member. False when it is not in the queue any more, or never was. */
  async take(agent: AgentPrincipal, conversationId: string): Promise<boolean> {
    return (await this.database.query(TAKE, [agent.userId, conversationId])).length > 0;
  }

  /** False when it is not theirs. */
  async setStatus(principal: Principal, conversationId: string, status: ConversationStatus): Promise<boolean> {
    const rows = await this.database.query(SET_STATUS[accessOf(principal)], [principal.userId, conversationId, status]);
    return rows.length > 0;
  }

  /** False when it is not theirs, or there is no such colleague; true as well when they are a member already. */
  async addMember(principal: Principal, conversationId: string, userId: string): Promise<boolean> {
    const rows = await this.database.query(ADD_MEMBER[accessOf(principal)], [principal.userId, conversationId, userId]);
    return rows.length > 0;
  }

  /** The members that are left; `undefined` when it is not theirs, or that person is no member. */
  async removeMember(
    principal: Principal,
    conversationId: string,
    userId: string,
  ): Promise<readonly string[] | undefined> {
    const rows = await this.database.query<{ readonly others: readonly string[] }>(REMOVE_MEMBER[accessOf(principal)], [
      principal.userId,
      conversationId,
      userId,
    ]);
    return rows[0]?.others;
  }

  /** Everybody who can be added to a conversation. */
  colleagues(): Promise<readonly { readonly userId: string; readonly name: string }[]> {
    return this.database.run((queries) =>
      queries
        .select({ userId: appUser.id, name: appUser.name })
        .from(appUser)
        .where(isNull(appUser.disabledAt))
        .orderBy(asc(appUser.name), asc(appUser.id)),
    );
  }

  private async mine(agent: AgentPrincipal, limit: number, cursor?: Cursor): Promise<Slice<ConversationSummary>> {
    const rows = await this.database.query<SummaryRow>(MINE, [
      agent.userId,
      cursor?.time ?? null,
      cursor?.id ?? null,
      limit,
    ]);
    const last = rows.length < limit ? undefined : rows.at(-1);
    return {
      items: rows.map(summaryOf),
      next: last === undefined ? null : encodeCursor({ list: "mine", time: last.updated_at, id: last.id }),
    };
  }

  private async queue(limit: number, cursor?: Cursor): Promise<Slice<ConversationHeader>> {
    const rows = await this.database.query<HeaderRow>(QUEUE, [cursor?.time ?? null, cursor?.id ?? null, limit]);
    const last = rows.length < limit ? undefined : rows.at(-1);
    return {
      items: rows.map(headerOf),
      next: last === undefined ? null : encodeCursor({ list: "queue", time: last.created_at, id: last.id }),
    };
  }
}
