import { type Twin } from "../../../tools/twin/twin";
import { type StoredMessage } from "./audit";
import { databaseOf } from "../../shared/topology";

/** Reads all messages directly from PostgreSQL, without the app. */
export async function readStoredMessages(twin: Twin): Promise<StoredMessage[]> {
  const rows = await twin.database.sql(
    "select conversation_id, seq, client_message_id from message order by conversation_id, seq",
    databaseOf(twin),
  );
  return rows.split("\n").flatMap((row) => {
    const [conversationId, seq, id] = row.split("|");
    return conversationId && seq && id ? [{ conversationId, seq: Number(seq), id }] : [];
  });
}
