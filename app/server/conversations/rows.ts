import {
  type ConversationHeader,
  type ConversationNote,
  type ConversationStatus,
  type ConversationSummary,
  type OtherConversation,
  type QueueEntry,
} from "../../protocol";
import { type MessageRow, messageOf } from "../messages/row";

/** A conversation's header, as statements return it. */
export interface HeaderRow {
  readonly id: string;
  readonly visitor_name: string;
  readonly status: ConversationStatus;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export type SummaryRow = HeaderRow & { readonly last_seq: number; readonly last_read_seq: number } & (
    (Omit<MessageRow, "created_at"> & { readonly sent_at: Date }) | { readonly seq: null }
  );

export interface QueueRow extends HeaderRow {
  readonly waiting_since: Date;
  readonly preview: string | null;
  readonly note: NoteRow | null;
}

/** PostgreSQL writes the times inside JSON in a form of its own. */
export type NoteRow = ConversationNote;

export function noteOf(row: NoteRow): ConversationNote {
  return { ...row, at: new Date(row.at).toISOString() };
}

export type OtherRow = SummaryRow & { readonly member_names: readonly string[] };

export function otherOf(row: OtherRow): OtherConversation {
  return { ...summaryOf(row), memberNames: row.member_names };
}

export function queueEntryOf(row: QueueRow): QueueEntry {
  return {
    ...headerOf(row),
    waitingSince: row.waiting_since.toISOString(),
    preview: row.preview,
    note: row.note && noteOf(row.note),
  };
}

function headerOf(row: HeaderRow): ConversationHeader {
  return {
    id: row.id,
    visitorName: row.visitor_name,
    status: row.status,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export function summaryOf(row: SummaryRow): ConversationSummary {
  return {
    ...headerOf(row),
    lastSeq: row.last_seq,
    lastReadSeq: row.last_read_seq,
    lastMessage: row.seq === null ? null : messageOf({ ...row, created_at: row.sent_at }),
  };
}
