import { type Message, type SenderKind } from "../../protocol";

/** A message, as statements return it. */
export interface MessageRow {
  readonly conversation_id: string;
  readonly seq: number;
  readonly client_message_id: string;
  readonly sender_kind: SenderKind;
  readonly sender_id: string;
  readonly sender_name: string;
  readonly body: string;
  readonly created_at: Date;
}

export function messageOf(row: MessageRow): Message {
  return {
    conversationId: row.conversation_id,
    seq: row.seq,
    clientMessageId: row.client_message_id,
    senderKind: row.sender_kind,
    senderId: row.sender_id,
    senderName: row.sender_name,
    body: row.body,
    createdAt: row.created_at.toISOString(),
  };
}
