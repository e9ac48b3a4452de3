import { type Access, allowed, forEachAccess } from "./access";

/** Start of the statement's transaction, with the precision of the columns. */
const NOW = "now()::timestamptz(3)";

const MEMBERS =
  "(select coalesce(json_agg(m.user_id), '[]') from conversation_member m where m.conversation_id = $1::uuid)";

/**
 * $1 conversation, $2 client message id, $3 kind, $4 sender, $5 name, $6 body.
 *
 * The update locks the conversation's row: sequence numbers follow the order of commits without gaps, and the clock is read under that lock.
 * Of two concurrent sends of one client message id, neither sees the other's row; the second violates the unique key (23505), which also
 * rolls back its sequence number. A customer's message reopens a closed conversation; whether it did shows in the time of its return to the
 * queue, which is that of this statement's transaction.
 */
function append(access: Access): string {
  const status =
    access === "visitor"
      ? `, status = 'open', queued_at = case c.status when 'closed' then ${NOW} else c.queued_at end`
      : "";
  return `
with earlier as (
  select e.seq, e.created_at, e.sender_kind, e.sender_id, e.sender_name, e.body
  from message e join conversation c on c.id = e.conversation_id
  where e.conversation_id = $1 and e.client_message_id = $2 and ${allowed(access, "$4")}
), taken as (
  update conversation c set last_seq = c.last_seq + 1, updated_at = clock_timestamp()${status}
  where c.id = $1 and ${allowed(access, "$4")} and not exists (select from earlier)
  returning c.last_seq, c.queued_at
), stored as (
  insert into message (conversation_id, seq, client_message_id, sender_kind, sender_id, sender_name, body, created_at)
  select $1, taken.last_seq, $2, $3, $4, $5, $6, clock_timestamp() from taken
  returning seq, created_at
)
select seq, created_at, null::json as earlier, ${MEMBERS} as members,
  ${access === "visitor" ? `coalesce((select queued_at = ${NOW} from taken), false)` : "false"} as reopened
from stored
union all
select seq, created_at, json_build_object('kind', sender_kind, 'id', sender_id, 'name', sender_name, 'body', body),
  ${MEMBERS}, false
from earlier`;
}

const COLUMNS =
  "msg.seq, msg.client_message_id, msg.sender_kind, msg.sender_id, msg.sender_name, msg.body, msg.created_at";

/**
 * Returns the first messages of a condition, until there are `limit` or more than `bytes` of text. The length of a stored text is known without
 * reading it, so that the messages beyond are not read.
 */
const page = (condition: string, order: string, limit: string, bytes: string) => `
  select * from (
    select m.*, sum(octet_length(m.body)) over (order by ${order}) - octet_length(m.body) as bytes_before
    from message m where m.conversation_id = c.id and ${condition} order by ${order} limit ${limit}
  ) filled where bytes_before < ${bytes}::bigint`;

/** $1 person, $2 conversations, $3 the known seq of each, $4 limit and $5 bytes for each. */
const after = (access: Access) => `
select c.id as conversation_id, c.last_seq, c.status::text as status, ${COLUMNS}
from unnest($2::uuid[], $3::bigint[]) as wanted (id, seq)
join conversation c on c.id = wanted.id and ${allowed(access, "$1")}
left join lateral (${page("m.seq > wanted.seq", "m.seq", "$4", "$5")}) msg on true
order by c.id, msg.seq`;

/** $1 person, $2 conversation, $3 seq, $4 limit, $5 bytes. Returns one row without a message when there is none. */
const before = (access: Access) => `
select c.id as conversation_id, c.last_seq, c.status::text as status, ${COLUMNS}
from conversation c
left join lateral (${page("m.seq < $3", "m.seq desc", "$4", "$5")}) msg on true
where c.id = $2 and ${allowed(access, "$1")}
order by msg.seq`;

/** $1 person, $2 conversations. */
const readable = (access: Access) => `
select c.id from conversation c where c.id = any($2::uuid[]) and ${allowed(access, "$1")}`;

/** $1 person, $2 conversation, $3 seq. Writes only when the mark moves forward. */
const MARK_READ: Readonly<Record<"agent" | "visitor", string>> = {
  agent: `
update conversation_member m set last_read_seq = least($3::bigint, c.last_seq)
from conversation c
where m.conversation_id = $2 and m.user_id = $1 and c.id = $2 and m.last_read_seq < least($3::bigint, c.last_seq)`,
  visitor: `
update conversation c set visitor_last_read_seq = least($3::bigint, c.last_seq)
where c.id = $2 and c.visitor_id = $1 and c.visitor_last_read_seq < least($3::bigint, c.last_seq)`,
};

const markRead = (access: Access) => `
with moved as (${MARK_READ[access === "visitor" ? "visitor" : "agent"]} returning 1)
select least($3::bigint, c.last_seq) as seq from conversation c where c.id = $2 and ${allowed(access, "$1")}`;

export const APPEND = forEachAccess("message-append", append);
export const AFTER = forEachAccess("message-after", after);
export const BEFORE = forEachAccess("message-before", before);
export const READABLE = forEachAccess("conversation-readable", readable);
export const MARK = forEachAccess("message-mark-read", markRead);
