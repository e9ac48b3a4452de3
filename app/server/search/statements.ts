import { type Statement } from "../data/database";
import { type Access, allowed } from "../messages/access";

type AgentAccess = Exclude<Access, "visitor">;

/** Conversations, and messages of each, that are searched beside the index. */
export const MAX_UNINDEXED = { conversations: 200, messages: 50 } as const;

const forAgents = (name: string, text: (access: AgentAccess) => string): Readonly<Record<AgentAccess, Statement>> => ({
  admin: { name: `${name}-admin`, text: text("admin") },
  member: { name: `${name}-member`, text: text("member") },
});

/** Folds like `folded` of the protocol, except for letters that the database's locale does not know. */
const FOLDED_BODY = "lower(normalize(m.body, nfkc))";

/** Where a conversation `c` has something that the index does not: its newest messages, or all and its customer's name. */
const IS_BEHIND = "c.last_seq > coalesce(p.seq, -1)";
const BEHIND = "conversation c left join search_progress p on p.conversation_id = c.id";

/** $1 agent. One conversation more than is searched shows that there are others. */
export const UNINDEXED = forAgents(
  "search-unindexed",
  (access) => `
select c.id, c.last_seq, p.seq as indexed_seq, v.name as visitor_name, c.created_at
from ${BEHIND} join visitor v on v.id = c.visitor_id
where ${IS_BEHIND} and ${allowed(access, "$1")}
order by c.updated_at desc limit ${MAX_UNINDEXED.conversations + 1}`,
);

const afterPosition = (time: string, conversation: string, seq: string) =>
  `($3::timestamptz is null or (${time}, ${conversation}, ${seq}) < ($3, $4::uuid, $5::bigint))`;

/** The newest messages of conversations that are behind, so that what was sent a moment ago is found. */
const NOT_INDEXED = (access: AgentAccess) => `
  select m.conversation_id, m.seq, m.created_at as sent_at
  from unnest($8::uuid[], $9::bigint[]) as behind (id, indexed)
  join conversation c on c.id = behind.id and ${allowed(access, "$1")}
  cross join lateral (
    select m.conversation_id, m.seq, m.created_at, m.body from message m
    where m.conversation_id = behind.id and m.seq > behind.indexed order by m.seq desc limit ${MAX_UNINDEXED.messages}
  ) m
  where not exists (select from unnest($7::text[]) term where strpos(${FOLDED_BODY}, term) = 0)
    and ${afterPosition("m.created_at", "m.conversation_id", "m.seq")}`;

const inScope = (access: AgentAccess) =>
  access === "admin"
    ? "$1::uuid is not null"
    : "s.conversation_id in (select own.conversation_id from conversation_member own where own.user_id = $1::uuid)";

/** Newest messages that are compared one by one. What many messages contain is found among them, without reading all of those. */
const NEWEST = 10_000;

const NEWEST_FIRST = "order by s.sent_at desc, s.conversation_id desc, s.seq desc";

const INDEXED: Readonly<Record<"newest" | "all", (access: AgentAccess) => string>> = {
  newest: (access) => `
  select s.conversation_id, s.seq, s.sent_at from (
    select s.* from message_search s where ${afterPosition("s.sent_at", "s.conversation_id", "s.seq")}
    ${NEWEST_FIRST} limit ${NEWEST}
  ) s
  where s.tokens @@ $2::tsquery and s.seq > 0 and ${inScope(access)} ${NEWEST_FIRST} limit $6`,
  all: (access) => `
  select s.conversation_id, s.seq, s.sent_at from message_search s
  where s.tokens @@ $2::tsquery and s.seq > 0 and ${inScope(access)}
    and ${afterPosition("s.sent_at", "s.conversation_id", "s.seq")}
  ${NEWEST_FIRST} limit $6`,
};

const candidates = (indexed: (access: AgentAccess) => string) => (access: AgentAccess) => `
with found as (
  (${indexed(access)})
  union
  (${NOT_INDEXED(access)} order by 3 desc, 1 desc, 2 desc limit $6)
)
select m.conversation_id, m.seq, m.client_message_id, m.sender_kind, m.sender_id, m.sender_name, m.body, m.created_at,
  v.name as visitor_name
from (select * from found order by sent_at desc, conversation_id desc, seq desc limit $6) f
join message m on m.conversation_id = f.conversation_id and m.seq = f.seq
join conversation c on c.id = f.conversation_id
join visitor v on v.id = c.visitor_id
order by f.sent_at desc, f.conversation_id desc, f.seq desc`;

/**
 * $1 agent, $2 tsquery, $3 to $5 time, conversation and seq of the last known hit (or null), $6 limit, $7 terms, $8 and $9 the conversations
 * that are behind and the newest indexed message of each.
 */
export const NEWEST_CANDIDATES = forAgents("search-newest", candidates(INDEXED.newest));
export const ALL_CANDIDATES = forAgents("search-candidates", candidates(INDEXED.all));

/** $1 agent, $2 tsquery, $3 limit. */
export const CUSTOMERS = forAgents(
  "search-customers",
  (access) => `
select c.id, v.name as visitor_name, c.created_at
from message_search s join conversation c on c.id = s.conversation_id join visitor v on v.id = c.visitor_id
where s.tokens @@ $2::tsquery and s.seq = 0 and ${inScope(access)}
order by s.sent_at desc, c.id desc limit $3`,
);

/**
 * $1 this task, $2 seconds of its lease, $3 limit. Returns messages that are not indexed, and as message 0 the name of a new customer, unless
 * another task is indexing. In the order in which they are stored, so that two tasks whose leases overlap cannot block each other.
 */
export const CLAIM: Statement = {
  name: "search-claim",
  text: `
with lease as (
  insert into search_lease (name, holder, until) values ('indexer', $1::uuid, now() + make_interval(secs => $2))
  on conflict (name) do update set holder = excluded.holder, until = excluded.until
  where search_lease.until < now() or search_lease.holder = excluded.holder
  returning holder
), behind as (
  select c.id, c.visitor_id, c.created_at, coalesce(p.seq, -1) as indexed
  from ${BEHIND} where ${IS_BEHIND} and exists (select from lease) limit $3
)
select * from (
  select b.id as conversation_id, text.seq, text.body, text.created_at
  from behind b cross join lateral (
    select 0::bigint as seq, v.name as body, b.created_at from visitor v where v.id = b.visitor_id and b.indexed < 0
    union all
    (select m.seq, m.body, m.created_at from message m where m.conversation_id = b.id and m.seq > b.indexed order by m.seq limit $3)
  ) text limit $3
) claimed order by conversation_id, seq`,
};

/**
 * $1 conversations, $2 seqs, $3 the tokens of each, separated by spaces, $4 times. Leaves out conversations that were deleted meanwhile. A
 * second call with the same messages changes nothing.
 */
export const STORE: Statement = {
  name: "search-store",
  text: `
with entry as (
  select e.* from unnest($1::uuid[], $2::bigint[], $3::text[], $4::timestamptz[]) as e (conversation_id, seq, tokens, sent_at)
  join conversation c on c.id = e.conversation_id
  for key share of c
), stored as (
  insert into message_search (conversation_id, seq, tokens, sent_at)
  select conversation_id, seq, array_to_tsvector(string_to_array(tokens, ' ')), sent_at from entry
  on conflict do nothing
)
insert into search_progress (conversation_id, seq) select conversation_id, max(seq) from entry group by conversation_id
on conflict (conversation_id) do update set seq = greatest(search_progress.seq, excluded.seq)`,
};
