import { type Database } from "../../app/server/data/database";
import { Corpus } from "./corpus";

const BATCH = 5000;
const MESSAGES_PER_CONVERSATION = 50;
/** The agent is in each tenth conversation. */
const SHARE = 10;

export const AGENT = "00000002-0000-4000-8000-000000000001";

/** Stores messages in the order in which they were sent, conversations taking turns, the last of them now. Returns the number of conversations. */
export async function fill(
  database: Database,
  messages: number,
  onProgress: (stored: number) => void,
): Promise<number> {
  const conversations = Math.ceil(messages / MESSAGES_PER_CONVERSATION);
  const run = (text: string, values: readonly unknown[] = []) => database.query({ name: "", text }, values);
  await run(`insert into app_user (id, email, name, role) values ('${AGENT}', 'agent@example.com', 'Agent', 'agent')`);
  for (let first = 0; first < conversations; first += BATCH) {
    const last = Math.min(conversations, first + BATCH) - 1;
    await run(
      `insert into visitor (id, name)
       select ('00000003-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Customer ' || n from generate_series($1::int, $2::int) n`,
      [first, last],
    );
    await run(
      `insert into conversation (id, visitor_id, taken_at, last_seq)
       select ('00000001-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
         ('00000003-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, now(), ${MESSAGES_PER_CONVERSATION}
       from generate_series($1::int, $2::int) n`,
      [first, last],
    );
  }
  await run(
    `insert into conversation_member (conversation_id, user_id)
     select id, '${AGENT}' from conversation where ('x' || right(id::text, 8))::bit(32)::int % ${SHARE} = 0`,
  );
  const corpus = new Corpus();
  for (let first = 0; first < messages; first += BATCH) {
    const bodies = Array.from({ length: Math.min(BATCH, messages - first) }, () => corpus.message());
    await run(
      `insert into message (conversation_id, seq, client_message_id, sender_kind, sender_id, sender_name, body, created_at)
       select ('00000001-0000-4000-8000-' || lpad(to_hex((n % $2::bigint)), 12, '0'))::uuid, n / $2::bigint + 1,
         gen_random_uuid(), 'visitor', '${AGENT}', 'Customer', body, now() - make_interval(secs => ($3::bigint - n) * 10)
       from (select body, nth - 1 + $4::bigint as n from unnest($1::text[]) with ordinality as t (body, nth)) numbered`,
      [bodies, conversations, messages, first],
    );
    onProgress(first + bodies.length);
  }
  await run("analyze");
  return conversations;
}
