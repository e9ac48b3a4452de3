import { type ConversationStatus, MAX_PAGE, type Message } from "../../protocol";
import { type Database } from "../data/database";
import { DatabaseFault } from "../data/failures";
import { type Principal } from "../domain/principal";
import { type AppendResult, type MessageLog, type NewMessage, type Page } from "../domain/ports/message-log";
import { type MessageRow, messageOf } from "./row";
import { accessOf } from "./access";
import { AFTER, APPEND, BEFORE, MARK, READABLE } from "./statements";

/** Most messages that one `after` returns for all its conversations: bounds the memory of one `sync`. */
export const MAX_MESSAGES_AT_ONCE = 1000;

/**
 * Bytes of text after which a page ends, for all its conversations together: a message may have 16 KB, and writing a page of 200 such messages
 * would stop everything else on the task. Each conversation gets one message at least, so that its reader makes progress.
 */
export const MAX_BYTES_AT_ONCE = 64 * 1024;

const UNIQUE_VIOLATION = "23505";

interface AppendRow {
  readonly seq: number;
  readonly created_at: Date;
  /** The message that was stored before under this client message id; null when this call stored it. */
  readonly earlier: { readonly kind: string; readonly id: string; readonly name: string; readonly body: string } | null;
  readonly members: readonly string[];
  readonly reopened: boolean;
}

type PageRow = {
  readonly conversation_id: string;
  readonly last_seq: number;
  readonly status: ConversationStatus;
} & (MessageRow | { readonly seq: null });

/** The log of every conversation, in PostgreSQL. */
export class PostgresMessageLog implements MessageLog {
  constructor(private readonly database: Database) {}

  async append(principal: Principal, message: NewMessage): Promise<AppendResult> {
    try {
      return await this.appendOnce(principal, message);
    } catch (error) {
      // A concurrent send of the same id committed first; its row is visible now.
      if (!(error instanceof DatabaseFault) || error.code !== UNIQUE_VIOLATION) throw error;
      return this.appendOnce(principal, message);
    }
  }

  async after(
    principal: Principal,
    conversations: Readonly<Record<string, number>>,
  ): Promise<ReadonlyMap<string, Page>> {
    const ids = Object.keys(conversations);
    if (ids.length === 0) return new Map();
    const limit = Math.max(1, Math.min(MAX_PAGE, Math.floor(MAX_MESSAGES_AT_ONCE / ids.length)));
    const rows = await this.database.query<PageRow>(AFTER[accessOf(principal)], [
      principal.userId,
      ids,
      Object.values(conversations),
      limit,
      Math.ceil(MAX_BYTES_AT_ONCE / ids.length),
    ]);
    return pagesOf(rows);
  }

  async before(
    principal: Principal,
    conversationId: string,
    { seq, limit }: { readonly seq: number; readonly limit: number },
  ): Promise<readonly Message[] | undefined> {
    const rows = await this.database.query<PageRow>(BEFORE[accessOf(principal)], [
      principal.userId,
      conversationId,
      seq,
      limit,
      MAX_BYTES_AT_ONCE,
    ]);
    return [...pagesOf(rows).values()][0]?.messages;
  }

  async readable(principal: Principal, conversationIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (conversationIds.length === 0) return new Set();
    const rows = await this.database.query<{ readonly id: string }>(READABLE[accessOf(principal)], [
      principal.userId,
      conversationIds,
    ]);
    return new Set(rows.map(({ id }) => id));
  }

  async markRead(principal: Principal, conversationId: string, seq: number): Promise<number | undefined> {
    const rows = await this.database.query<{ readonly seq: number }>(MARK[accessOf(principal)], [
      principal.userId,
      conversationId,
      seq,
    ]);
    return rows[0]?.seq;
  }

  private async appendOnce(principal: Principal, message: NewMessage): Promise<AppendResult> {
    const { conversationId, clientMessageId, body } = message;
    const { kind, userId, name } = principal;
    const rows = await this.database.query<AppendRow>(APPEND[accessOf(principal)], [
      conversationId,
      clientMessageId,
      kind,
      userId,
      name,
      body,
    ]);
    const row = rows[0];
    if (row === undefined) return { kind: "not-found" };
    const { earlier, members, reopened } = row;
    const same = earlier === null || (earlier.id === userId && earlier.kind === kind && earlier.body === body);
    if (!same) return { kind: "conflict" };
    return {
      kind: earlier === null ? "stored" : "duplicate",
      message: {
        conversationId,
        seq: row.seq,
        clientMessageId,
        senderKind: kind,
        senderId: userId,
        senderName: earlier?.name ?? name,
        body,
        createdAt: row.created_at.toISOString(),
      },
      memberIds: members,
      reopened,
    };
  }
}

function pagesOf(rows: readonly PageRow[]): ReadonlyMap<string, Page> {
  const pages = new Map<string, { messages: Message[]; headSeq: number; status: ConversationStatus }>();
  for (const row of rows) {
    let page = pages.get(row.conversation_id);
    if (page === undefined) {
      page = { messages: [], headSeq: row.last_seq, status: row.status };
      pages.set(row.conversation_id, page);
    }
    if (row.seq !== null) page.messages.push(messageOf(row));
  }
  return pages;
}
