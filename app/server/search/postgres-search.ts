import { SEARCH_PAGE } from "../../protocol";
import { tokenQuery } from "../../protocol/search-text";
import { type Database, type Statement } from "../data/database";
import {
  type CandidateRequest,
  type Candidates,
  type MessageSearch,
  type SearchedCustomer,
  type SearchedMessage,
  type Unindexed,
} from "../domain/ports/message-search";
import { type AgentPrincipal } from "../domain/principal";
import { type MessageRow, messageOf } from "../messages/row";
import { ALL_CANDIDATES, CUSTOMERS, MAX_UNINDEXED, NEWEST_CANDIDATES, UNINDEXED } from "./statements";

/** With this many matches among the newest messages, older ones are not searched: a page is full. */
const ENOUGH = SEARCH_PAGE;

interface CustomerRow {
  readonly id: string;
  readonly visitor_name: string;
  readonly created_at: Date;
}

type UnindexedRow = CustomerRow & { readonly last_seq: number; readonly indexed_seq: number | null };

/** Searches the index that `SearchIndexer` keeps, and the newest messages that it has not reached yet. */
export class PostgresSearch implements MessageSearch {
  constructor(private readonly database: Database) {}

  async unindexed(agent: AgentPrincipal): Promise<Unindexed> {
    const rows = await this.database.query<UnindexedRow>(UNINDEXED[accessOf(agent)], [agent.userId]);
    const isFar = (row: UnindexedRow): boolean => row.last_seq - (row.indexed_seq ?? 0) > MAX_UNINDEXED.messages;
    const conversations = rows.slice(0, MAX_UNINDEXED.conversations);
    return {
      conversations: conversations.map((row) => ({ ...customerOf(row), indexedSeq: row.indexed_seq ?? undefined })),
      isComplete: rows.length === conversations.length && !rows.some(isFar),
    };
  }

  async candidates(agent: AgentPrincipal, request: CandidateRequest): Promise<Candidates> {
    const { terms, limit, after, unindexed } = request;
    const query = tsqueryOf(terms);
    if (query === undefined) return { messages: [], isEnd: true };
    const values = [
      agent.userId,
      query,
      ...[after?.time ?? null, after?.conversationId ?? null, after?.seq ?? null],
      limit,
      terms,
      unindexed.map(({ conversationId }) => conversationId),
      unindexed.map(({ indexedSeq }) => indexedSeq ?? 0),
    ];
    const newest = await this.read(NEWEST_CANDIDATES[accessOf(agent)], values);
    if (newest.length >= Math.min(ENOUGH, limit)) return { messages: newest, isEnd: false };
    const all = await this.read(ALL_CANDIDATES[accessOf(agent)], values);
    return { messages: all, isEnd: all.length < limit };
  }

  async customers(
    agent: AgentPrincipal,
    terms: readonly string[],
    limit: number,
  ): Promise<readonly SearchedCustomer[]> {
    const query = tsqueryOf(terms);
    if (query === undefined) return [];
    const rows = await this.database.query<CustomerRow>(CUSTOMERS[accessOf(agent)], [agent.userId, query, limit]);
    return rows.map(customerOf);
  }

  private async read(statement: Statement, values: readonly unknown[]): Promise<readonly SearchedMessage[]> {
    const rows = await this.database.query<MessageRow & CustomerRow>(statement, values);
    return rows.map((row) => ({ message: messageOf(row), visitorName: row.visitor_name }));
  }
}

function customerOf(row: CustomerRow): SearchedCustomer {
  return { conversationId: row.id, visitorName: row.visitor_name, createdAt: row.created_at };
}

function accessOf({ role }: AgentPrincipal): "admin" | "member" {
  return role === "admin" ? "admin" : "member";
}

/** Returns PostgreSQL's text form of the query; no token has a character that would end its quotation. */
function tsqueryOf(terms: readonly string[]): string | undefined {
  const { tokens, prefixes } = tokenQuery(terms);
  const lexemes = [...tokens.map((token) => `'${token}'`), ...prefixes.map((prefix) => `'${prefix}':*`)];
  return lexemes.length === 0 ? undefined : lexemes.join(" & ");
}
