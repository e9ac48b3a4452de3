import { asc, isNull } from "drizzle-orm";
import {
  type ConversationHeader,
  type ConversationStatus,
  type ConversationSummary,
  type MemberView,
} from "../../protocol";
import { type Database } from "../data/database";
import { appUser } from "../data/schema";
import {
  type Colleague,
  type ConversationDetails,
  type Conversations,
  type ListPage,
  type ListPosition,
  type PageRequest,
} from "../domain/ports/conversations";
import { type AgentPrincipal, type Principal } from "../domain/principal";
import { accessOf } from "../messages/access";
import { headerOf, type HeaderRow, summaryOf, type SummaryRow } from "./rows";
import { ADD_MEMBER, MINE, ONE, QUEUE, REMOVE_MEMBER, SET_STATUS, TAKE } from "./statements";

/** Conversations in PostgreSQL. Every statement contains its own authorization. */
export class PostgresConversations implements Conversations {
  constructor(private readonly database: Database) {}

  async listMine(agent: AgentPrincipal, { limit, after }: PageRequest): Promise<ListPage<ConversationSummary>> {
    const rows = await this.database.query<SummaryRow>(MINE, [
      agent.userId,
      after?.time ?? null,
      after?.id ?? null,
      limit,
    ]);
    return pageOf(rows, limit, summaryOf, (row) => row.updated_at);
  }

  async listQueue({ limit, after }: PageRequest): Promise<ListPage<ConversationHeader>> {
    const rows = await this.database.query<HeaderRow>(QUEUE, [after?.time ?? null, after?.id ?? null, limit]);
    return pageOf(rows, limit, headerOf, (row) => row.created_at);
  }

  async find(principal: Principal, conversationId: string): Promise<ConversationDetails | undefined> {
    const rows = await this.database.query<SummaryRow & { readonly members: readonly MemberView[] }>(
      ONE[accessOf(principal)],
      [principal.userId, conversationId],
    );
    return rows[0] && { conversation: summaryOf(rows[0]), members: rows[0].members };
  }

  async take(agent: AgentPrincipal, conversationId: string): Promise<boolean> {
    return (await this.database.query(TAKE, [agent.userId, conversationId])).length > 0;
  }

  async setStatus(principal: Principal, conversationId: string, status: ConversationStatus): Promise<boolean> {
    const rows = await this.database.query(SET_STATUS[accessOf(principal)], [principal.userId, conversationId, status]);
    return rows.length > 0;
  }

  async addMember(principal: Principal, conversationId: string, userId: string): Promise<boolean> {
    const rows = await this.database.query(ADD_MEMBER[accessOf(principal)], [principal.userId, conversationId, userId]);
    return rows.length > 0;
  }

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

  listColleagues(): Promise<readonly Colleague[]> {
    return this.database.run((queries) =>
      queries
        .select({ userId: appUser.id, name: appUser.name })
        .from(appUser)
        .where(isNull(appUser.disabledAt))
        .orderBy(asc(appUser.name), asc(appUser.id)),
    );
  }
}

function pageOf<Row extends { readonly id: string }, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
  timeOf: (row: Row) => Date,
): ListPage<Item> {
  const last = rows.length < limit ? undefined : rows.at(-1);
  const next: ListPosition | undefined = last && { time: timeOf(last), id: last.id };
  return { items: rows.map(itemOf), next };
}
