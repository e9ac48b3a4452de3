import { asc, isNull } from "drizzle-orm";
import {
  type ConversationStatus,
  type ConversationSummary,
  type MemberView,
  type OtherConversation,
  type QueueEntry,
} from "../../protocol";
import { type Database } from "../data/database";
import { appUser } from "../data/schema";
import {
  type Colleague,
  type ConversationDetails,
  type Conversations,
  type InboxEntries,
  type ListPage,
  type ListPosition,
  type PageRequest,
  type Release,
} from "../domain/ports/conversations";
import { type AgentPrincipal, type Principal } from "../domain/principal";
import { accessOf } from "../messages/access";
import {
  noteOf,
  type NoteRow,
  otherOf,
  type OtherRow,
  queueEntryOf,
  type QueueRow,
  summaryOf,
  type SummaryRow,
} from "./rows";
import {
  ADD_MEMBER,
  COUNT_QUEUE,
  COUNT_UNREAD,
  MINE,
  MINE_OF,
  ONE,
  OTHERS,
  OTHERS_OF,
  QUEUE,
  QUEUE_OF,
  RELEASE,
  REMOVE_MEMBER,
  SET_STATUS,
  TAKE,
} from "./statements";

type DetailsRow = SummaryRow & { readonly members: readonly MemberView[]; readonly notes: readonly NoteRow[] };

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

  async listQueue({ limit, after }: PageRequest): Promise<ListPage<QueueEntry>> {
    const rows = await this.database.query<QueueRow>(QUEUE, [after?.time ?? null, after?.id ?? null, limit]);
    return pageOf(rows, limit, queueEntryOf, (row) => row.waiting_since);
  }

  async findEntries(agent: AgentPrincipal, conversationIds: readonly string[]): Promise<InboxEntries> {
    const own = [agent.userId, conversationIds];
    const [mine, queue, others] = await Promise.all([
      this.database.query<SummaryRow>(MINE_OF, own),
      this.database.query<QueueRow>(QUEUE_OF, [conversationIds]),
      agent.role === "admin" ? this.database.query<OtherRow>(OTHERS_OF, own) : [],
    ]);
    return { mine: mine.map(summaryOf), queue: queue.map(queueEntryOf), others: others.map(otherOf) };
  }

  async listOthers(admin: AgentPrincipal, { limit, after }: PageRequest): Promise<ListPage<OtherConversation>> {
    const values = [admin.userId, after?.time ?? null, after?.id ?? null, limit];
    return pageOf(await this.database.query<OtherRow>(OTHERS, values), limit, otherOf, (row) => row.created_at);
  }

  async countQueue(): Promise<number> {
    const rows = await this.database.query<{ readonly count: number }>(COUNT_QUEUE, []);
    return rows[0]?.count ?? 0;
  }

  async countUnread({ userId }: AgentPrincipal): Promise<number> {
    const rows = await this.database.query<{ readonly count: number }>(COUNT_UNREAD, [userId]);
    return rows[0]?.count ?? 0;
  }

  async find(principal: Principal, conversationId: string): Promise<ConversationDetails | undefined> {
    const rows = await this.database.query<DetailsRow>(ONE[accessOf(principal)], [principal.userId, conversationId]);
    const [row] = rows;
    return row && { conversation: summaryOf(row), members: row.members, notes: row.notes.map(noteOf) };
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

  async releaseAll({ userId, by, successorId }: Release): Promise<readonly string[]> {
    const values = [userId, by.userId, successorId ?? null];
    const rows = await this.database.query<{ readonly conversation_id: string }>(RELEASE, values);
    return rows.map((row) => row.conversation_id);
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
