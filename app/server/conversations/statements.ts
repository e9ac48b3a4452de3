import { MAX_PREVIEW } from "../../protocol";
import { type Statement } from "../data/database";
import { type Access, allowed, forEachAccess } from "../messages/access";

const HEADER = "c.id, v.name as visitor_name, c.status::text as status, c.created_at, c.updated_at";
const LAST_MESSAGE =
  "msg.conversation_id, msg.seq, msg.client_message_id, msg.sender_kind, msg.sender_id, msg.sender_name, msg.body, msg.created_at as sent_at";

const OWN = `
select ${HEADER}, c.last_seq, own.last_read_seq, ${LAST_MESSAGE}
from conversation_member own
join conversation c on c.id = own.conversation_id
join visitor v on v.id = c.visitor_id
left join message msg on msg.conversation_id = c.id and msg.seq = c.last_seq`;

/** $1 user, $2 and $3 time and id of the last known row (or null), $4 limit. */
export const MINE: Statement = {
  name: "inbox-mine",
  text: `${OWN}
where own.user_id = $1 and ($2::timestamptz is null or (c.updated_at, c.id) < ($2, $3::uuid))
order by c.updated_at desc, c.id desc limit $4`,
};

/** $1 user, $2 conversations. */
export const MINE_OF: Statement = {
  name: "inbox-mine-of",
  text: `${OWN}
where own.user_id = $1 and c.id = any($2::uuid[])
order by c.updated_at desc, c.id desc`,
};

const WAITING_SINCE = "coalesce(c.queued_at, c.created_at)";
const IN_QUEUE = "c.status = 'open' and c.taken_at is null";

/** A note as it is sent to clients. */
const NOTE = `json_build_object('kind', note.kind, 'at', note.created_at, 'memberName', note.member_name, 'byName', note.by_name,
  'successorName', note.successor_name)`;

const WAITING = `
select ${HEADER}, ${WAITING_SINCE} as waiting_since, left(msg.body, ${MAX_PREVIEW}) as preview, (
  select ${NOTE} from conversation_note note where note.conversation_id = c.id and note.created_at >= ${WAITING_SINCE}
  order by note.created_at desc limit 1
) as note
from conversation c
join visitor v on v.id = c.visitor_id
left join message msg on msg.conversation_id = c.id and msg.seq = c.last_seq
where ${IN_QUEUE}`;

/** $1 and $2 time and id of the last known row (or null), $3 limit. */
export const QUEUE: Statement = {
  name: "inbox-queue",
  text: `${WAITING} and ($1::timestamptz is null or (${WAITING_SINCE}, c.id) > ($1, $2::uuid))
order by ${WAITING_SINCE}, c.id limit $3`,
};

/** $1 conversations. */
export const QUEUE_OF: Statement = {
  name: "inbox-queue-of",
  text: `${WAITING} and c.id = any($1::uuid[]) order by ${WAITING_SINCE}, c.id`,
};

export const COUNT_QUEUE: Statement = {
  name: "inbox-queue-count",
  text: `select count(*)::int as count from conversation c where ${IN_QUEUE}`,
};

/** $1 user. */
export const COUNT_UNREAD: Statement = {
  name: "inbox-unread-count",
  text: `
select coalesce(sum(c.last_seq - own.last_read_seq), 0)::int as count
from conversation_member own join conversation c on c.id = own.conversation_id
where own.user_id = $1 and c.last_seq > own.last_read_seq`,
};

const OTHER = `
select ${HEADER}, c.last_seq, c.last_seq as last_read_seq, ${LAST_MESSAGE}, (
  select coalesce(json_agg(u.name order by m.joined_at, m.user_id), '[]')
  from conversation_member m join app_user u on u.id = m.user_id where m.conversation_id = c.id
) as member_names
from conversation c
join visitor v on v.id = c.visitor_id
left join message msg on msg.conversation_id = c.id and msg.seq = c.last_seq
where not (${IN_QUEUE})
  and not exists (select from conversation_member own where own.conversation_id = c.id and own.user_id = $1)`;

/** $1 admin, $2 and $3 time and id of the last known row (or null), $4 limit. */
export const OTHERS: Statement = {
  name: "inbox-others",
  text: `${OTHER} and ($2::timestamptz is null or (c.created_at, c.id) < ($2, $3::uuid))
order by c.created_at desc, c.id desc limit $4`,
};

/** $1 admin, $2 conversations. */
export const OTHERS_OF: Statement = { name: "inbox-others-of", text: `${OTHER} and c.id = any($2::uuid[])` };

/** The highest seq that the person has read. */
const readSeq = (access: Access) =>
  access === "visitor"
    ? "c.visitor_last_read_seq"
    : "coalesce((select m.last_read_seq from conversation_member m where m.conversation_id = c.id and m.user_id = $1), 0)";

const notes = (access: Access) =>
  access === "visitor"
    ? "'[]'::json"
    : `(select coalesce(json_agg(${NOTE} order by note.created_at desc), '[]') from conversation_note note where note.conversation_id = c.id)`;

/** $1 person, $2 conversation. */
export const ONE = forEachAccess(
  "conversation-one",
  (access) => `
select ${HEADER}, c.last_seq, ${readSeq(access)} as last_read_seq, ${LAST_MESSAGE}, (
  select coalesce(json_agg(json_build_object('userId', m.user_id, 'name', u.name, 'lastReadSeq', m.last_read_seq)
    order by m.joined_at, m.user_id), '[]')
  from conversation_member m join app_user u on u.id = m.user_id where m.conversation_id = c.id
) as members, ${notes(access)} as notes
from conversation c
join visitor v on v.id = c.visitor_id
left join message msg on msg.conversation_id = c.id and msg.seq = c.last_seq
where c.id = $2 and ${allowed(access, "$1")}`,
);

/**
 * $1 user, $2 conversation. taken_at is checked again under the row's lock, so that one of two concurrent agents gets it. The lock on the
 * agent's row has an agent who is being disabled take it before `RELEASE` reads, or not at all.
 */
export const TAKE: Statement = {
  name: "conversation-take",
  text: `
with agent as (
  select id from app_user where id = $1 and disabled_at is null for share
), taken as (
  update conversation set taken_at = now()
  where id = $2 and taken_at is null and status = 'open' and exists (select from agent) returning id
)
insert into conversation_member (conversation_id, user_id) select id, $1 from taken
on conflict do nothing returning conversation_id`,
};

/** $1 person, $2 conversation, $3 status. */
export const SET_STATUS = forEachAccess(
  "conversation-status",
  (access) => `
update conversation c set status = $3::conversation_status,
  queued_at = case when c.status = 'closed' and $3 = 'open' then now() else c.queued_at end
where c.id = $2 and ${allowed(access, "$1")} returning c.id`,
);

/** $1 person, $2 conversation, $3 the new member, an active user. */
export const ADD_MEMBER = forEachAccess(
  "conversation-add-member",
  (access) => `
with allowed as (
  select c.id as conversation_id, u.id as user_id from conversation c, app_user u
  where c.id = $2 and ${allowed(access, "$1")} and u.id = $3 and u.disabled_at is null
  for share of u
), taken as (
  update conversation c set taken_at = coalesce(c.taken_at, now()) from allowed where c.id = allowed.conversation_id
), added as (
  insert into conversation_member (conversation_id, user_id) select conversation_id, user_id from allowed
  on conflict do nothing
)
select conversation_id from allowed`,
);

/** When a conversation `c` that returns to the queue began to wait: at its customer's message, if that is the last one. */
const UNANSWERED_SINCE = `coalesce((
    select msg.created_at from message msg
    where msg.conversation_id = c.id and msg.seq = c.last_seq and msg.sender_kind = 'visitor'
  ), now())`;

/** $1 person, $2 conversation, $3 the member. Without its last member, the conversation returns to the queue. */
export const REMOVE_MEMBER = forEachAccess(
  "conversation-remove-member",
  (access) => `
with removed as (
  delete from conversation_member gone using conversation c
  where gone.conversation_id = $2 and gone.user_id = $3 and c.id = $2 and ${allowed(access, "$1")}
  returning gone.conversation_id
), others as (
  select m.user_id from conversation_member m where m.conversation_id = $2 and m.user_id <> $3
), released as (
  update conversation c set taken_at = null, queued_at = ${UNANSWERED_SINCE} from removed
  where c.id = removed.conversation_id and not exists (select from others)
)
select (select coalesce(json_agg(others.user_id), '[]') from others) as others from removed`,
);

/** $1 the disabled user, $2 who disabled them, $3 the successor (or null). In one statement, so that no conversation is left without anybody. */
export const RELEASE: Statement = {
  name: "conversation-release",
  text: `
with gone as (
  delete from conversation_member where user_id = $1 returning conversation_id, last_read_seq
), left_alone as (
  select gone.conversation_id, gone.last_read_seq from gone where not exists (
    select from conversation_member m join app_user u on u.id = m.user_id
    where m.conversation_id = gone.conversation_id and m.user_id <> $1 and u.disabled_at is null
  )
), heir as (
  select id, name from app_user where id = $3 and disabled_at is null for share
), handed_over as (
  insert into conversation_member (conversation_id, user_id, last_read_seq)
  select left_alone.conversation_id, heir.id, left_alone.last_read_seq from left_alone, heir
  on conflict do nothing
), returned as (
  update conversation c set taken_at = null, queued_at = ${UNANSWERED_SINCE}
  from left_alone where c.id = left_alone.conversation_id and not exists (select from heir)
), noted as (
  insert into conversation_note (conversation_id, kind, member_name, by_name, successor_name)
  select gone.conversation_id, 'member-disabled', member.name, admin.name, (
    select heir.name from heir, left_alone where left_alone.conversation_id = gone.conversation_id
  )
  from gone, app_user member, app_user admin where member.id = $1 and admin.id = $2
)
select conversation_id from gone`,
};
